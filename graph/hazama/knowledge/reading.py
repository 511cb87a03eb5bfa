"""A town read back from the triples of :mod:`hazama.knowledge.triples`, column by column.

The declaration that wrote them names the property and language of every column, so this is the
inverse of :mod:`~hazama.knowledge.mapping`. Nothing is looked up outside the triples. A cell with several
values is a set, so it comes back sorted.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias
from urllib.parse import unquote

from hazama.knowledge import terms
from hazama.knowledge.entities import is_of_box, part
from hazama.knowledge.mapping import APPROXIMATE, MONTHS, YEARS, dimension, predicate
from hazama.knowledge.terms import Triple
from hazama.knowledge.triples import LEFT_OUT
from hazama.knowledge.vocabulary import LABEL, NO_LIMIT, NOT_RECORDED, TITLE, A, term
from hazama.model import cells
from hazama.model.cells import Age, AgeRange
from hazama.model.concepts import Concept, Scheme
from hazama.model.dates import Day
from hazama.model.records import Origin, Row, Status
from hazama.model.town import RECORDS, Layer, Municipality
from hazama.tables.ages import age, age_text
from hazama.tables.columns import ANY, Column, declaration
from hazama.tables.concepts import space

OPEN = "no_limit"
"""What a cell says where somebody looked and there is no limit."""

_DERIVED, _PART, _LAYER = term("prov:wasDerivedFrom"), term("dct:isPartOf"), term("hz:layer")
_CONCEPT, _NOTATION, _ALT = term("skos:Concept"), term("skos:notation"), term("skos:altLabel")
_DESCRIPTION = term("dct:description")
CONCEPT_TEXTS = {
    "ja": (LABEL, "ja"),
    "en": (LABEL, "en"),
    "reading": (term("hz:reading"), "ja-Hrkt"),
    "definition_ja": (term("skos:definition"), "ja"),
    "definition_en": (term("skos:definition"), "en"),
}
_ORIGIN = re.compile(r"(?P<file>[^#]*)#(?:sheet=(?P<sheet>[^&]*)&)?row=(?P<row>\d+)")
_PARSED: Mapping[str, Callable[[str], Any]] = {"age": age, "day": Day, "integer": int, "decimal": float}

Objects: TypeAlias = Mapping[str, list[str]]
"""The objects of one subject by predicate."""


def town_from_triples(triples: Iterable[Triple]) -> Municipality:
    """The town that these triples hold: every cell, the names of concepts and layers; the rest stays blank."""
    of: dict[str, Objects] = defaultdict(lambda: defaultdict(list))
    for subject, predicate_, object_ in triples:
        of[subject][predicate_].append(object_)
    return _Reading({subject: dict(said) for subject, said in of.items()}).town()


class _Reading:
    """An index of triples by subject and predicate."""

    def __init__(self, of: Mapping[str, Objects]) -> None:
        self._of = of
        datasets = {terms.parts(said[_LAYER][0]).text: subject for subject, said in of.items() if _LAYER in said}
        self._bases = {key: terms.address(datasets[key]).removesuffix("dataset") for key in sorted(datasets)}
        self._name = "".join(_in_language(of[datasets[""]][TITLE], "ja"))

    def town(self) -> Municipality:
        """Rows, left out or not, concepts and layers."""
        rows: dict[str, list[Row]] = {table: [] for table in RECORDS}
        beyond: dict[tuple[str, str], Row] = {}
        schemes: dict[str, dict[str, Concept]] = defaultdict(dict)
        for subject, said in self._of.items():
            if _DERIVED in said:
                layer = terms.parts(self._of[said[_PART][0]][_LAYER][0]).text
                table, _, id = terms.address(subject).removeprefix(self._bases[layer]).partition("/")
                row = self._row(subject, said, table, layer)
                if LEFT_OUT in said[A]:
                    beyond[table, id] = row
                else:
                    rows[table].append(row)
            elif _CONCEPT in said.get(A, ()):
                concept = self._concept(subject, said)
                schemes[concept.scheme][concept.id] = concept
        layers = tuple(Layer(key, "" if key else self._name, "", base) for key, base in self._bases.items())
        return assembled(layers, rows, beyond, schemes)

    def _row(self, subject: str, said: Objects, table: str, layer: str) -> Row:
        base = self._bases[layer]
        box = self._of.get(part(subject, "box"), {})
        cells = {
            column.name: self._texts(column, box if is_of_box(table, column) else said)
            for column in declaration()[table].columns
        }
        return record(table, layer, _origin(said[_DERIVED][0], base), cells, _extras(said, base))

    def _texts(self, column: Column, said: Objects) -> list[str]:
        """What a cell says, as :func:`record` reads it."""
        found = said.get(predicate(column), [])
        if column.kind == "age":
            return _age(column.name, said)
        if column.kind in ("limit", "class") and dimension(column) in said.get(NO_LIMIT, ()):
            return [OPEN]
        if column.kind == "source":
            own = tuple(f"<{base}sources/" for base in self._bases.values())
            return [named(column, one) if one.startswith(own) else terms.address(one) for one in found]
        if column.references == (ANY,):
            return [named(column, one) for one in found]
        if column.references or column.scheme:
            return [named(column, one) for one in found if _list_of(one) in (*column.references, column.scheme)]
        if column.kind == "url":
            return [terms.address(one) for one in found]
        if column.name == "description" and _DESCRIPTION in said.get(NOT_RECORDED, ()):
            return []
        return _in_language(found, column.lang)

    def _concept(self, subject: str, said: Objects) -> Concept:
        address = terms.address(subject)
        owners = (key for key, base in self._bases.items() if address.startswith(f"{base}concepts/"))
        texts: dict[str, Any] = {
            name: next(iter(_in_language(said.get(predicate_, []), lang)), "")
            for name, (predicate_, lang) in CONCEPT_TEXTS.items()
        }
        alt = tuple(sorted({terms.parts(other).text for other in said.get(_ALT, ())}))
        id = terms.parts(said[_NOTATION][0]).text
        return Concept(id, _list_of(subject), alt=alt, layer=next(owners, None), **texts)


def assembled(
    layers: tuple[Layer, ...],
    rows: Mapping[str, Iterable[Row]],
    beyond: Mapping[tuple[str, str], Row],
    schemes: Mapping[str, Scheme],
) -> Municipality:
    """A town of these parts, its rows in the order of their places."""
    tables: dict[str, Any] = {
        table: tuple(sorted(some, key=lambda row: (row.layer, row.origin.row))) for table, some in rows.items()
    }
    return Municipality(layers=layers, schemes=schemes, space=space(), beyond=beyond, **tables)


def record(table: str, layer: str, origin: Origin, said: Mapping[str, Iterable[str]], extra: Mapping[str, str]) -> Row:
    """A row of a table from what its cells say: texts by column, none where a cell is blank."""
    found: dict[str, Any] = {}
    limits: dict[str, Any] = {}
    for column in declaration()[table].columns:
        value = _value(column, list(said.get(column.name, ())))
        if value is not None:
            (limits if column.dimension else found)[column.name] = value
        elif column.required:
            found[column.name] = ""
    ages = [limits.pop(end, cells.NOT_RECORDED) for end in ("min_age", "max_age")]
    if any(end is not cells.NOT_RECORDED for end in ages):
        limits["age"] = AgeRange(*ages)
    if limits:
        found["limits"] = limits
    return RECORDS[table](origin=origin, layer=layer, extra=extra, **found)


def _value(column: Column, texts: list[str]) -> Any:
    if not texts:
        return None
    if texts == [OPEN] and (column.dimension or column.kind == "class"):
        return cells.NO_LIMIT
    if column.separator:
        return tuple(sorted(set(texts)))
    return Status(texts[0]) if column.name == "status" else _PARSED.get(column.kind, str)(texts[0])


def named(column: Column, term_: str) -> str:
    """How a cell names what an address stands for: the id, or ``table/id`` where it may name several kinds."""
    is_plain = len(column.references) < 2 and column.references != (ANY,)
    return term_.strip("<>").split("/")[-1] if is_plain else "/".join(term_.strip("<>").rsplit("/", 2)[-2:])


def _list_of(target: str) -> str:
    """The table or concept list in the address of a row or concept."""
    return target.rsplit("/", 2)[-2]


def _age(column: str, about: Objects) -> list[str]:
    if YEARS[column] in about.get(NO_LIMIT, ()):
        return [OPEN]
    approximate = terms.literal(column) in about.get(APPROXIMATE, ())
    if YEARS[column] in about:
        return [age_text(Age(_number(about[YEARS[column]]), "year", approximate))]
    return [age_text(Age(_number(about[MONTHS[column]]), "month", approximate))] if MONTHS[column] in about else []


def _number(found: list[str]) -> int:
    return int(terms.parts(found[0]).text)


def _in_language(found: Iterable[str], lang: str) -> list[str]:
    literals = (terms.parts(one) for one in found if terms.is_literal(one))
    return [literal.text for literal in literals if literal.lang == lang]


def _origin(derived: str, base: str) -> Origin:
    match = _ORIGIN.fullmatch(terms.address(derived).removeprefix(base))
    return Origin(unquote(match["file"]), int(match["row"]), unquote(match["sheet"] or "")) if match else Origin("", 0)


def _extras(said: Objects, base: str) -> dict[str, str]:
    own = f"<{base}columns/c-"
    return {
        bytes.fromhex(predicate_[len(own) : -1]).decode(): terms.parts(found[0]).text
        for predicate_, found in said.items()
        if predicate_.startswith(own)
    }
