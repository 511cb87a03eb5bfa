"""Every page of a row as RDF beside it, and what the folder says of itself to programs: DCAT, VoID, sitemap.

For a folder that will stand on a web server, where a program can ask for them.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from urllib.parse import quote
from xml.sax.saxutils import escape

from hazama.exchange.rdf import Names, excerpt, statements
from hazama.knowledge.addresses import Addresses
from hazama.knowledge.terms import Triple, iri, literal
from hazama.knowledge.vocabulary import about, term
from hazama.model.town import Municipality
from hazama.site.edition import Edition
from hazama.site.ground import Ground
from hazama.site.values import LANGUAGES

_MEDIA = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
    "graphml": "application/graphml+xml",
}


class Stated:
    """What is stated of each row and concept of a town, with the evidence status of each row."""

    def __init__(self, town: Municipality) -> None:
        self._short = Names(town)
        self._said = {subject: list(rows) for subject, rows in groupby(statements(town), itemgetter(0))}

    def of(self, *terms: str) -> list[Triple]:
        """The triples whose subject is one of some terms."""
        return [triple for term in terms for triple in self._said.get(term, ())]

    def written(self, triples: Iterable[Triple]) -> tuple[str, str]:
        """Triples as Turtle and as JSON-LD."""
        return excerpt(self._short, triples)


def twins(ground: Ground, edition: Edition, sizes: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Address and text of the Turtle and JSON-LD of every page of a row, and of the data set.

    A twin holds what is stated of the page's own rows, with the evidence status of each; a law its provisions.
    """
    stated = Stated(ground.whole)
    for page, subjects in _subjects(ground).items():
        if edition.takes(page):
            turtle, json_ld = stated.written(stated.of(*subjects))
            yield page.replace(".html", ".ttl"), turtle
            yield page.replace(".html", ".jsonld"), json_ld
    described, json_ld = stated.written([*_described(ground, stated), *_distributions(ground, edition, sizes)])
    yield from (("dataset.ttl", described), ("dataset.jsonld", json_ld), (".well-known/void", described))


def sitemap(ground: Ground, edition: Edition) -> tuple[str, str]:
    """Address and text of the list of pages for search engines (https://www.sitemaps.org/protocol.html)."""
    found = sorted({"index.html", "matrix.html", "gaps.html", *_subjects(ground)})
    at = [
        f"{_base(edition)}{'' if lang == 'ja' else 'en/'}{page}"
        for lang in LANGUAGES
        for page in found
        if edition.takes(page)
    ]
    lines = "".join(f"<url><loc>{escape(quote(one, safe=':/'))}</loc></url>\n" for one in at)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return "sitemap.xml", f"{head}{lines}</urlset>\n"


def _subjects(ground: Ground) -> dict[str, list[str]]:
    """What each page of a row or need is about; a law and its provisions share one."""
    addresses, found = Addresses(ground.whole), dict[str, list[str]]()
    for (table, id), page in ground.pages.items():
        row, address = ground.rows.get((table, id)), page.partition("#")[0]
        if address != "words.html":
            found.setdefault(address, []).append(addresses.row(table, row) if row else addresses.concept(table, id))
    return found


def _base(edition: Edition) -> str:
    return edition.base.rstrip("/") + "/"


def _described(ground: Ground, stated: Stated) -> list[Triple]:
    addresses, names = Addresses(ground.whole), ("dataset", "publisher", "place")
    return stated.of(*(addresses.within(layer.key, name) for layer in ground.whole.layers for name in names))


def _distributions(ground: Ground, edition: Edition, sizes: Mapping[str, int]) -> Iterator[Triple]:
    """The town's downloads as distributions of its data set."""
    dataset = Addresses(ground.whole).within("", "dataset")
    for address, size in sizes.items():
        kind = address.removesuffix(".zip").rpartition(".")[2]
        if address.startswith("downloads/town."):
            file = iri(f"{_base(edition)}{address}")
            yield dataset, term("dcat:distribution"), file
            yield dataset, term("void:dataDump"), file
            yield from about(
                file,
                {
                    "rdf:type": term("dcat:Distribution"),
                    "dcat:accessURL": file,
                    "dcat:downloadURL": file,
                    "dcat:mediaType": iri(f"https://www.iana.org/assignments/media-types/{_MEDIA[kind]}"),
                    "dcat:byteSize": literal(str(size)),
                },
            )
