"""What a SPARQL query found, in the formats of the W3C: results as JSON, XML, CSV and TSV, graphs as RDF."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from hazama.exchange import xml_text
from hazama.knowledge.store import Solutions
from hazama.knowledge.strangers import Result, plain
from hazama.knowledge.terms import XSD, Triple, is_literal, parts
from hazama.knowledge.vocabulary import PREFIXES

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, N_TRIPLES, JSON_LD, RDF_XML = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
)
GRAPHS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)
_NAMESPACE = "http://www.w3.org/2005/sparql-results#"
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
    return {"SelectQuery": (JSON, XML, CSV, TSV), "AskQuery": (JSON, XML, CSV, TSV)}.get(result.form, GRAPHS)


def written(result: Result, kind: str) -> bytes:
    """The result in one of its :func:`offers`."""
    if kind in GRAPHS:
        return rdf([(row[0], row[1], row[2]) for row in result.found.rows], kind)
    if result.form == "AskQuery":
        return _YES_OR_NO[kind](plain(result.found.rows[0][0])).encode()
    return _SOLUTIONS[kind](result.found).encode()


def rdf(triples: Iterable[Triple], kind: str) -> bytes:
    """Triples of N-Triples terms in one of the RDF formats."""
    from pyoxigraph import RdfFormat, parse, serialize

    lines = "".join(f"{' '.join(triple)} .\n" for triple in sorted(triples)).encode()
    format = RdfFormat.from_media_type(kind)
    if kind == N_TRIPLES or format is None:
        return lines
    written = serialize(parse(lines, RdfFormat.N_TRIPLES, lenient=True), format=format, prefixes=dict(PREFIXES))
    return xml_text.allowed(written.decode()) if written and kind == RDF_XML else written or b""


def _json(found: Solutions) -> str:
    rows = [
        {name: _json_term(term) for name, term in zip(found.columns, row, strict=True) if term} for row in found.rows
    ]
    return json.dumps({"head": {"vars": found.columns}, "results": {"bindings": rows}}, ensure_ascii=False)


def _json_term(term: str) -> Mapping[str, str]:
    if not is_literal(term):
        return _json_name(term)
    text, language, datatype = parts(term)
    said = {"type": "literal", "value": text}
    if language:
        return {**said, "xml:lang": language}
    return said if datatype in ("", XSD + "string") else {**said, "datatype": datatype}


def _json_name(term: str) -> Mapping[str, str]:
    blank = term.startswith("_:")
    return {"type": "bnode" if blank else "uri", "value": term[2:] if blank else plain(term)}


def _xml(found: Solutions) -> str:
    rows = (
        "".join(
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(found.columns, row, strict=True)
            if term
        )
        for row in found.rows
    )
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in found.columns)
    return _document(head, "<results>" + "".join(f"<result>{row}</result>" for row in rows) + "</results>")


def _xml_term(term: str) -> str:
    said = _json_term(term)
    kind, value = said["type"], escape(said["value"], {"\r": "&#13;"})
    more = "".join(f" {key}={quoteattr(said[key])}" for key in ("xml:lang", "datatype") if key in said)
    return f"<{kind}{more}>{value}</{kind}>"


def _document(head: str, body: str) -> str:
    text = f'<?xml version="1.0"?>\n<sparql xmlns="{_NAMESPACE}"><head>{head}</head>{body}</sparql>\n'
    return xml_text.allowed(text).decode()


def _csv(found: Solutions) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(found.columns)
    writer.writerows([term if term.startswith("_:") else plain(term) for term in row] for row in found.rows)
    return buffer.getvalue()


def _tsv(found: Solutions) -> str:
    lines = ["\t".join(f"?{name}" for name in found.columns), *("\t".join(row) for row in found.rows)]
    return "".join(f"{line}\n" for line in lines)


_SOLUTIONS: Mapping[str, Callable[[Solutions], str]] = {JSON: _json, XML: _xml, CSV: _csv, TSV: _tsv}
_YES_OR_NO: Mapping[str, Callable[[str], str]] = {
    JSON: lambda answer: f'{{"head": {{}}, "boolean": {answer}}}',
    XML: lambda answer: _document("", f"<boolean>{answer}</boolean>"),
    CSV: lambda answer: f"{answer}\r\n",
    TSV: lambda answer: f"{answer}\n",
}
