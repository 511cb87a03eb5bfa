"""RDF terms as the text of N-Triples: the fastest form to write, and the one every store reads.

Grammar: https://www.w3.org/TR/n-triples/#n-triples-grammar. A term that leaves this module is well
formed whatever text went in.
"""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from hazama.model.dates import Day

Triple: TypeAlias = tuple[str, str, str]
"""Subject, predicate and object in the syntax of N-Triples."""

XSD = "http://www.w3.org/2001/XMLSchema#"

_PLANE_ENDS = "".join(chr(plane + end) for plane in range(0x10000, 0xF0000, 0x10000) for end in (0xFFFE, 0xFFFF))
_UNSAFE_IN_IRI = re.compile(
    r'%(?![0-9A-Fa-f]{2})|[\x00-\x20<>"{}|^`\[\]\\\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff'
    rf"\U000e0000-\U000e0fff\U000f0000-\U0010ffff{_PLANE_ENDS}]"
)
"""What is neither ASCII that an IRI may hold nor an ``ucschar`` (RFC 3987)."""
_UNSAFE_IN_LITERAL = re.compile(r'[\x00-\x1f"\\\x7f]')
_NAMED_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_DATATYPES = {4: f"{XSD}gYear", 7: f"{XSD}gYearMonth", 10: f"{XSD}date"}


class Literal(NamedTuple):
    """The parts of a literal: its text, and a language or the IRI of a datatype."""

    text: str
    lang: str = ""
    datatype: str = ""


def iri(address: str) -> str:
    """An address as a term; signs that no IRI may hold are percent-encoded."""
    if _UNSAFE_IN_IRI.search(address):
        address = _UNSAFE_IN_IRI.sub(lambda sign: quote(sign[0], safe=""), address)
    if address.count("#") > 1:
        page, _, fragment = address.partition("#")
        address = f"{page}#{fragment.replace('#', '%23')}"
    return f"<{address}>"


def literal(text: str) -> str:
    """A plain string (``xsd:string``)."""
    return f'"{_escaped(text)}"'


def text(words: str, lang: str) -> str:
    """Text in a language, given as a BCP 47 tag: ``ja``, ``en``, ``ja-Hrkt``.

    >>> text("狭間", "ja")
    '"狭間"@ja'
    """
    return f'"{_escaped(words)}"@{lang}'


def integer(number: int) -> str:
    """A whole number (``xsd:integer``)."""
    return f'"{number}"^^<{XSD}integer>'


def decimal(number: float) -> str:
    """A decimal number (``xsd:decimal``), without an exponent."""
    return f'"{Decimal(repr(number)):f}"^^<{XSD}decimal>'


def day(value: Day) -> str:
    """A date as exact as it was written: ``xsd:gYear``, ``xsd:gYearMonth`` or ``xsd:date``.

    >>> day(Day("2022-04"))
    '"2022-04"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    return f'"{value.text}"^^<{_DATATYPES[len(value.text)]}>'


def calendar_day(value: date) -> str:
    """One day of the calendar (``xsd:date``), comparable in SPARQL."""
    return f'"{value.isoformat()}"^^<{XSD}date>'


def is_literal(term: str) -> bool:
    """Whether a term is a literal; otherwise it is an IRI."""
    return term.startswith('"')


def address(term: str) -> str:
    """The address inside an IRI term."""
    return term[1:-1]


def parts(term: str) -> Literal:
    """The parts of a literal term, its escapes undone.

    >>> parts('"Gap"@en')
    Literal(text='Gap', lang='en', datatype='')
    """
    body, _, tail = term[1:].rpartition('"')
    value = _ESCAPE.sub(_meant, body) if "\\" in body else body
    if tail.startswith("@"):
        return Literal(value, lang=tail[1:])
    return Literal(value, datatype=tail[3:-1])


def _escaped(value: str) -> str:
    return _UNSAFE_IN_LITERAL.sub(_escape, value) if _UNSAFE_IN_LITERAL.search(value) else value


def _escape(sign: re.Match[str]) -> str:
    return _NAMED_ESCAPES.get(sign[0]) or f"\\u{ord(sign[0]):04X}"


def _meant(escape: re.Match[str]) -> str:
    if code := escape[1] or escape[2]:
        return chr(int(code, 16))
    return _PLAIN_ESCAPES.get(escape[3], escape[3])
