"""Concept lists: hazama's own, and those that a town or a layer adds in ``concepts/<scheme>.csv``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from hazama import resources
from hazama.model.concepts import Concept, Dimension, Scheme
from hazama.model.errors import Violation
from hazama.tables.books import Entry
from hazama.tables.cells import CellError, identifier, items
from hazama.tables.columns import concept_table
from hazama.tables.grids import Line, Sheet, violation
from hazama.tables.headings import Headings, headings
from hazama.tables.layout import laid_out

CLOSED = frozenset({"statuses"})
"""Schemes that the code itself knows by heart: a town cannot add to them."""
_LISTS = ("alt", "exact_match", "close_match")


@cache
def packaged() -> Mapping[str, Mapping[str, Concept]]:
    """The concept lists that travel with hazama, by name."""
    files = sorted(entry.name for entry in (resources.folder("ontology") / "concepts").iterdir())
    schemes = [name.removesuffix(".csv") for name in files if name.endswith(".csv") and name != "space.csv"]
    return {scheme: dict(_packaged_list(scheme)) for scheme in schemes}


@cache
def space() -> tuple[Dimension, ...]:
    """The dimensions along which programmes limit whom they reach."""
    return tuple(Dimension(**row) for row in resources.rows("ontology/concepts/space.csv"))  # type: ignore[arg-type]


def _packaged_list(scheme: str) -> Iterator[tuple[str, Concept]]:
    for row in resources.rows(f"ontology/concepts/{scheme}.csv"):
        yield row["id"], _concept(scheme, row, layer=None)


def _concept(scheme: str, row: Mapping[str, str], layer: str | None) -> Concept:
    texts = {name: text for name, text in row.items() if name not in _LISTS}
    lists = {name: items(row.get(name, ""), str) for name in _LISTS}
    return Concept(scheme=scheme, layer=layer, **texts, **lists)  # type: ignore[arg-type]


def schemes(lists: Mapping[str, tuple[Entry, ...]]) -> tuple[Mapping[str, Scheme], tuple[Violation, ...]]:
    """All concept lists of a town, those of the layers beneath first, and what is wrong with them.

    *lists* are those that each layer adds, the town first.
    """
    found = {name: dict(scheme) for name, scheme in packaged().items()}
    violations: list[Violation] = []
    for layer, entries in reversed(list(lists.items())):
        for entry in entries:
            if entry.name in CLOSED:
                violations.append(violation(entry.file, 0, "", "closed_scheme", found=entry.name))
                continue
            own = _OwnList(entry.name, layer, entry.file, found.setdefault(entry.name, {}))
            violations += own.read(laid_out(entry.sheet, concept_table(), entry.file))
    return found, tuple(violations)


@dataclass(frozen=True, slots=True)
class _OwnList:
    """A list that a layer adds to, and the concepts that it has already."""

    scheme: str
    layer: str
    file: str
    concepts: dict[str, Concept]

    def read(self, given: Sheet) -> Iterator[Violation]:
        """Add the concepts of the sheet; gives what is wrong with them."""
        yield from given.violations
        if given.grid is None:
            return
        known = headings(given.grid, concept_table(), self.file)
        yield from known.violations
        rows = [(line.number, _texts(line, known)) for line in given.grid.lines]
        for number, texts in rows:
            yield from self._add(number, texts)
        for number, texts in rows:
            broader = texts.get("broader", "")
            if broader and broader not in self.concepts:
                yield violation(self.file, number, "broader", "unknown_concept", found=broader)

    def _add(self, number: int, texts: Mapping[str, str]) -> Iterator[Violation]:
        missing = [name for name in ("id", "ja") if not texts.get(name)]
        yield from (violation(self.file, number, name, "missing_value") for name in missing)
        if missing:
            return
        try:
            id = identifier(texts["id"])
        except CellError as error:
            yield violation(self.file, number, "id", error.code, **error.values)
            return
        if id in self.concepts:
            label = self.concepts[id].ja
            yield violation(self.file, number, "id", "repeated_concept", found=id, label=label)
            return
        self.concepts[id] = _concept(self.scheme, {"en": "", **texts}, self.layer)


def _texts(line: Line, known: Headings) -> dict[str, str]:
    return {column.name: line.cells[at].strip() for at, column in known.columns.items() if at < len(line.cells)}
