"""Rows read back from the triples of :mod:`hazama.knowledge.triples`, column by column.

The declaration that wrote them names the property and language of every column, so this is the
inverse of :mod:`~hazama.knowledge.mapping`. Nothing is looked up outside the triples. A cell with several
values is a set, so it is kept sorted; a blank cell is absent; "no limit" is the word ``no_limit``.
References to rows, and lists of concepts (needs, functions, field), are references; a single concept (kind,
zone, role, status) and a limit are attributes that hold ids.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote

from hazama.knowledge import terms
from hazama.knowledge.entities import is_of_box, part
from hazama.knowledge.mapping import APPROXIMATE, MONTHS, YEARS, dimension, predicate
from hazama.knowledge.terms import Triple
from hazama.knowledge.triples import LEFT_OUT as _MENTIONED
from hazama.knowledge.vocabulary import LABEL, NO_LIMIT, NOT_RECORDED, A, term
from hazama.model.cells import Age
from hazama.tables.ages import age_text
from hazama.tables.columns import ANY, Column, declaration

Attribute: TypeAlias = str | int | float | tuple[str, ...]
"""What a node or edge may carry; a tuple is a set in sorted order."""

EDGE_TABLES = {"members": ("body", "agency"), "links": ("subject", "object")}
"""Tables whose rows are edges of a network, with the columns of their ends."""
LEFT_OUT = "left_out"
"""Attribute of a row that the view leaves out and another row names."""
PAGES = "pages"
"""Attribute that holds the sources of a row that are addresses."""
OPEN = "no_limit"
"""The value of an attribute where somebody looked and there is no limit."""

_DERIVED, _PART, _LAYER = term("prov:wasDerivedFrom"), term("dct:isPartOf"), term("hz:layer")
_CONCEPT, _NOTATION, _ALT = term("skos:Concept"), term("skos:notation"), term("skos:altLabel")
CONCEPT_TEXTS = {
    "ja": (LABEL, "ja"),
    "en": (LABEL, "en"),
    "reading": (term("hz:reading"), "ja-Hrkt"),
    "definition_ja": (term("skos:definition"), "ja"),
    "definition_en": (term("skos:definition"), "en"),
}
_ORIGIN = re.compile(r"(?P<file>[^#]*)#(?:sheet=(?P<sheet>[^&]*)&)?row=(?P<row>\d+)")

Objects: TypeAlias = Mapping[str, list[str]]
"""The objects of one subject by predicate."""

_NOTHING: Objects = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row, or one concept that a row refers to."""

    term: str
    table: str
    """Name of the table, or of the concept list."""
    layer: str
    attributes: Mapping[str, Attribute]
    references: tuple[tuple[str, str], ...] = ()
    """Column and term of the target, each pair once, sorted."""


class Reading:
    """An index of triples by subject and predicate, read as rows and concepts."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate_, object_ in triples:
            found[subject][predicate_].append(object_)
        self._of: dict[str, Objects] = {subject: dict(said) for subject, said in found.items()}
        self.layers = dict(self._layers())

    def entries(self) -> Iterator[Entry]:
        """Every row, and every concept of a list."""
        for subject, said in self._of.items():
            if _DERIVED in said:
                yield self._row(subject, said)
            elif _CONCEPT in said.get(A, ()):
                yield self._concept(subject, said)

    def said(self, subject: str) -> Objects:
        """What is said of a subject."""
        return self._of.get(subject, _NOTHING)

    def _layers(self) -> Iterator[tuple[str, str]]:
        """Key and base address of every layer, by its data set."""
        for subject, said in self._of.items():
            for key in said.get(_LAYER, ()):
                yield terms.parts(key).text, terms.address(subject).removesuffix("dataset")

    def _row(self, subject: str, said: Objects) -> Entry:
        layer, base = self._home(said)
        table = terms.address(subject).removeprefix(base).partition("/")[0]
        attributes = _origin(said[_DERIVED][0], base)
        references: list[tuple[str, str]] = []
        for column in declaration()[table].columns:
            about = self._about(subject, said, table, column)
            if is_edge(column):
                references += [(column.name, target) for target in self._targets(column, about)]
            if values := self._values(column, about):
                attributes[PAGES if column.kind == "source" else column.name] = _together(column, values)
        attributes |= _extras(said, base)
        if _MENTIONED in said[A]:
            attributes[LEFT_OUT] = True
        return Entry(subject, table, layer, attributes, tuple(sorted(set(references))))

    def _home(self, said: Objects) -> tuple[str, str]:
        key = terms.parts(self.said(said[_PART][0])[_LAYER][0]).text
        return key, self.layers[key]

    def _about(self, subject: str, said: Objects, table: str, column: Column) -> Objects:
        """Where a column is stated: of the row, or of the eligibility box of a programme."""
        return self.said(part(subject, "box")) if is_of_box(table, column) else said

    def _targets(self, column: Column, about: Objects) -> list[str]:
        found = about.get(predicate(column), [])
        if column.references == (ANY,):
            return found
        if column.kind == "source":
            return [target for target in found if self._is_source(target)]
        return [target for target in found if _list_of(target) in (*column.references, column.scheme)]

    def _is_source(self, target: str) -> bool:
        return any(target.startswith(f"<{base}sources/") for base in self.layers.values())

    def _values(self, column: Column, about: Objects) -> list[Attribute]:
        """What becomes an attribute: values that are no edges, and "no limit"."""
        if column.kind == "age":
            return _age(column.name, about)
        if column.kind in ("limit", "class") and dimension(column) in about.get(NO_LIMIT, ()):
            return [OPEN]
        if column.kind == "source":
            found = about.get(predicate(column), [])
            return [terms.address(page) for page in found if not self._is_source(page)]
        if is_edge(column):
            return []
        if column.scheme:
            return [terms.address(target).rpartition("/")[2] for target in self._targets(column, about)]
        return _texts(column, about)

    def _concept(self, subject: str, said: Objects) -> Entry:
        address = terms.address(subject)
        owners = (key for key, base in self.layers.items() if address.startswith(f"{base}concepts/"))
        attributes: dict[str, Attribute] = {"id": terms.parts(said[_NOTATION][0]).text}
        for name, (predicate_, lang) in CONCEPT_TEXTS.items():
            if texts := _in_language(said.get(predicate_, []), lang):
                attributes[name] = texts[0]
        if _ALT in said:
            attributes["alt"] = several(terms.parts(other).text for other in said[_ALT])
        return Entry(subject, _list_of(subject), next(owners, ""), attributes)


def is_edge(column: Column) -> bool:
    """Whether the values of a column are nodes of their own."""
    listed = bool(column.scheme and column.separator) and column.kind != "limit"
    return bool(column.references) or column.kind == "source" or listed


def several(values: Iterable[str]) -> tuple[str, ...]:
    """A set of values in the one order that every reading of it has."""
    return tuple(sorted(set(values)))


def _together(column: Column, values: list[Attribute]) -> Attribute:
    if column.separator and not (column.kind in ("limit", "class") and values == [OPEN]):
        return several(map(str, values))
    return values[0]


def _list_of(target: str) -> str:
    """The table or concept list in the address of a row or concept."""
    return target.rsplit("/", 2)[-2]


def _age(column: str, about: Objects) -> list[Attribute]:
    if YEARS[column] in about.get(NO_LIMIT, ()):
        return [OPEN]
    if MONTHS[column] not in about:
        return []
    approximate = terms.literal(column) in about.get(APPROXIMATE, ())
    if YEARS[column] in about:
        return [age_text(Age(_number(about, YEARS[column]), "year", approximate))]
    return [age_text(Age(_number(about, MONTHS[column]), "month", approximate))]


def _number(about: Objects, predicate_: str) -> int:
    return int(terms.parts(about[predicate_][0]).text)


def _texts(column: Column, about: Objects) -> list[Attribute]:
    found = about.get(predicate(column), [])
    if column.name == "description" and term("dct:description") in about.get(NOT_RECORDED, ()):
        return []
    match column.kind:
        case "url":
            return [terms.address(page) for page in found]
        case "integer":
            return [int(terms.parts(number).text) for number in found]
        case "decimal":
            return [float(terms.parts(number).text) for number in found]
    return list(_in_language(found, column.lang))


def _in_language(found: list[str], lang: str) -> list[str]:
    literals = (terms.parts(term_) for term_ in found if terms.is_literal(term_))
    return [literal.text for literal in literals if literal.lang == lang]


def _origin(derived: str, base: str) -> dict[str, Attribute]:
    match = _ORIGIN.fullmatch(terms.address(derived).removeprefix(base))
    if not match:
        return {}
    found: dict[str, Attribute] = {"file": unquote(match["file"]), "row": int(match["row"])}
    return {**found, "sheet": unquote(match["sheet"])} if match["sheet"] else found


def _extras(said: Objects, base: str) -> dict[str, Attribute]:
    own = f"<{base}columns/c-"
    return {
        f"extra:{bytes.fromhex(predicate_[len(own) : -1]).decode()}": terms.parts(found[0]).text
        for predicate_, found in said.items()
        if predicate_.startswith(own)
    }
