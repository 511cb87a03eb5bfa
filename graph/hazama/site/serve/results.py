"""What a SPARQL query found, in the formats of the W3C: results as JSON, XML, CSV and TSV, graphs as RDF."""

from collections.abc import Iterable, Sequence

from hazama.exchange import xml_text
from hazama.knowledge.strangers import Result, plain
from hazama.knowledge.terms import Triple
from hazama.knowledge.vocabulary import PREFIXES

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, N_TRIPLES = "text/turtle", "application/n-triples"
JSON_LD, RDF_XML = "application/ld+json", "application/rdf+xml"
GRAPHS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)
_ALIASES = {"application/json": JSON, "application/xml": XML, "text/xml": XML, "text/plain": N_TRIPLES}


def chosen(accept: str, offers: Sequence[str]) -> str:
    """The best offer for an Accept header (RFC 9110 12.5.1), the first of equals; empty when none will do.

    >>> chosen("text/csv;q=0.5, application/json", (JSON, CSV)) == JSON
    True
    >>> chosen("image/png", (JSON, CSV))
    ''
    """
    ranges = [_range(part) for part in accept[:2_000].split(",") if part.strip()] or [("*/*", 1.0)]
    scored = [(max((_score(offer, *one) for one in ranges), default=(0, 0.0)), offer) for offer in offers]
    best, offer = max(scored, key=lambda pair: pair[0][::-1])
    return offer if best[1] > 0 else ""


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weights = [one[2:] for one in parameters if one.startswith("q=")]
    try:
        weight = min(max(float(weights[0]), 0.0), 1.0) if weights else 1.0
    except ValueError:
        weight = 0.0
    return kind, weight if weight == weight else 0.0


def _score(offer: str, kind: str, weight: float) -> tuple[int, float]:
    """How exactly a range names an offer, and how much it is wanted."""
    if offer in (kind, _ALIASES.get(kind)):
        return 2, weight
    return (1, weight) if kind in ("*/*", offer.partition("/")[0] + "/*") else (0, 0.0)


def offers(result: Result) -> Sequence[str]:
    """The media types that this kind of result has."""
    return (JSON, XML, CSV, TSV) if result.form in ("SelectQuery", "AskQuery") else GRAPHS


def written(result: Result, kind: str) -> bytes:
    """The result in one of its :func:`offers`."""
    if kind in GRAPHS:
        return rdf([(row[0], row[1], row[2]) for row in result.found.rows], kind)
    from pyoxigraph import QueryResultsFormat as Format
    from pyoxigraph import parse_query_results

    if result.form == "AskQuery":
        read = parse_query_results(f'{{"head":{{}},"boolean":{plain(result.found.rows[0][0])}}}', Format.JSON)
    else:
        rows = ("\t".join(row) for row in ([f"?{name}" for name in result.found.columns], *result.found.rows))
        read = parse_query_results("".join(f"{row}\n" for row in rows), Format.TSV)
    content = read.serialize(format=Format.from_media_type(kind)) or b""
    return xml_text.allowed(content.decode().replace("\r", "&#13;")) if kind == XML else content


def rdf(triples: Iterable[Triple], kind: str) -> bytes:
    """Triples of N-Triples terms in one of the RDF formats."""
    from pyoxigraph import RdfFormat, parse, serialize

    lines = "".join(f"{' '.join(triple)} .\n" for triple in sorted(triples)).encode()
    format = RdfFormat.from_media_type(kind)
    if kind == N_TRIPLES or format is None:
        return lines
    written = serialize(parse(lines, RdfFormat.N_TRIPLES, lenient=True), format=format, prefixes=dict(PREFIXES))
    return xml_text.allowed(written.decode()) if written and kind == RDF_XML else written or b""
