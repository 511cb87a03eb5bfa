"""Rows read back from the triples of :mod:`hazama.knowledge.triples`, column by column.

The declaration that wrote them names the property and language of every column, so this is the
inverse of :mod:`~hazama.knowledge.mapping` and :mod:`~hazama.knowledge.boxes`. Nothing is looked up
outside the triples.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from hazama.knowledge import mentions, terms
from hazama.knowledge.addresses import ANY, scheme_term
from hazama.knowledge.boxes import ADMITS, APPROXIMATE, MONTHS, YEARS
from hazama.knowledge.entities import DESCRIPTION, part
from hazama.knowledge.entries import LEFT_OUT, OPEN, PAGES, Attribute, Entry, is_edge, several
from hazama.knowledge.mapping import OF_THE_BOX, Triple, predicate
from hazama.knowledge.vocabulary import LABEL, NO_LIMIT, NOT_RECORDED, A, term
from hazama.model.cells import Age
from hazama.tables.ages import age_text
from hazama.tables.columns import Column, declaration

_DERIVED, _PART, _LAYER = term("prov:wasDerivedFrom"), term("dct:isPartOf"), term("hz:layer")
_CONCEPT, _IN_SCHEME, _NOTATION = term("skos:Concept"), term("skos:inScheme"), term("skos:notation")
_ALT = term("skos:altLabel")
_CONCEPT_TEXTS = {
    "ja": (LABEL, "ja"),
    "en": (LABEL, "en"),
    "reading": (term("hz:reading"), "ja-Hrkt"),
    "definition_ja": (term("skos:definition"), "ja"),
    "definition_en": (term("skos:definition"), "en"),
}
_ORIGIN = re.compile(r"(?P<file>[^#]*)#(?:sheet=(?P<sheet>[^&]*)&)?row=(?P<row>\d+)")

Objects = Mapping[str, list[str]]
"""The objects of one subject by predicate."""

NOTHING: Objects = {}


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
        return self._of.get(subject, NOTHING)

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
        if mentions.LEFT_OUT in said[A]:
            attributes[LEFT_OUT] = True
        return Entry(subject, table, layer, attributes, tuple(sorted(set(references))))

    def _home(self, said: Objects) -> tuple[str, str]:
        key = terms.parts(self.said(said[_PART][0])[_LAYER][0]).text
        return key, self.layers[key]

    def _about(self, subject: str, said: Objects, table: str, column: Column) -> Objects:
        """Where a column is stated: of the row, or of the eligibility box of a programme."""
        boxed = (table, column.name) in OF_THE_BOX or (table == "programs" and column.kind in ("age", "limit"))
        return self.said(part(subject, "box")) if boxed else said

    def _targets(self, column: Column, about: Objects) -> list[str]:
        found = about.get(ADMITS if column.kind == "limit" else predicate(column), [])
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
        if column.kind in ("limit", "class") and scheme_term(_dimension(column)) in about.get(NO_LIMIT, ()):
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
        for name, (predicate_, lang) in _CONCEPT_TEXTS.items():
            if texts := _in_language(said.get(predicate_, []), lang):
                attributes[name] = texts[0]
        if _ALT in said:
            attributes["alt"] = several(terms.parts(other).text for other in said[_ALT])
        return Entry(subject, _list_of(subject), next(owners, ""), attributes)


def _together(column: Column, values: list[Attribute]) -> Attribute:
    if column.separator and not (column.kind in ("limit", "class") and values == [OPEN]):
        return several(map(str, values))
    return values[0]


def _list_of(target: str) -> str:
    """The table or concept list in the address of a row or concept."""
    return target.rsplit("/", 2)[-2]


def _dimension(column: Column) -> str:
    return column.name if column.kind == "limit" else column.scheme


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
    if column.name == "description" and DESCRIPTION in about.get(NOT_RECORDED, ()):
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
