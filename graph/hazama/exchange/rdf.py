"""RDF in the formats that every RDF tool reads, sorted, so that two exports can be compared line by line."""

import re
from collections.abc import Iterable, Iterator

from hazama.exchange import xml_text
from hazama.knowledge.terms import Triple, address, iri
from hazama.knowledge.triples import everything, prefixes
from hazama.knowledge.vocabulary import CONCEPTS, A
from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.resources import phrase

_ROOT = re.compile(r"<rdf:RDF ([^>]*)>")


def statements(town: Municipality) -> list[Triple]:
    """Every triple of a town and of what it mentions once: by subject, types first."""
    return sorted(set(everything(town)), key=lambda triple: (triple[0], triple[1] != A, *triple[1:]))


def graphs(town: Municipality) -> dict[str, list[Triple]]:
    """The statements by named graph, sorted: every layer has one, named by its data set, and hazama's lists one."""
    bases = sorted((layer.base for layer in town.layers), key=len, reverse=True)
    found: dict[str, list[Triple]] = {}
    for triple in statements(town):
        home = next((base for base in (*bases, CONCEPTS) if triple[0].startswith(f"<{base}")), town.layer.base)
        name = iri(home if home == CONCEPTS else f"{home}dataset")
        found.setdefault(name, []).append(triple)
    return dict(sorted(found.items()))


def n_triples(town: Municipality) -> bytes:
    """N-Triples, one statement a line."""
    return _lines(" ".join(triple) for triple in statements(town))


def n_quads(town: Municipality) -> bytes:
    """N-Quads, graph by graph."""
    return _lines(_quads(town))


def rdf_xml(town: Municipality) -> bytes:
    """RDF/XML; a sign that XML cannot hold becomes U+FFFD, a relation without an XML name is refused."""
    from pyoxigraph import RdfFormat, parse, serialize

    for predicate in {predicate for _, predicate, _ in statements(town)}:
        if not xml_text.has_name(address(predicate)):
            raise UsageError(*phrase("graph", "no_xml_name", found=address(predicate)))
    read = parse(n_triples(town), RdfFormat.N_TRIPLES)
    written = serialize(read, format=RdfFormat.RDF_XML, prefixes=prefixes(town)) or b""
    return xml_text.allowed(_ROOT.sub(_sorted_root, written.decode(), count=1))


def _sorted_root(root: re.Match[str]) -> str:
    """The root element with its name spaces in one order; the serialiser's own changes from run to run."""
    return f"<rdf:RDF {' '.join(sorted(root[1].split()))}>"


def _quads(town: Municipality) -> Iterator[str]:
    for name, triples in graphs(town).items():
        yield from (f"{' '.join(triple)} {name}" for triple in triples)


def _lines(statements: Iterable[str]) -> bytes:
    return "".join(f"{statement} .\n" for statement in statements).encode()
