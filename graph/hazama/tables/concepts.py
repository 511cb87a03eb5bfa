"""Concept lists: hazama's own, and those that a town or a layer adds in ``concepts/<scheme>.csv``."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from hazama import resources
from hazama.model.concepts import Concept, Dimension, Scheme
from hazama.model.errors import Violation
from hazama.tables.cells import CellError, identifier, items
from hazama.tables.columns import concept_table
from hazama.tables.homes import LISTS, Home
from hazama.tables.layout import table_sheet
from hazama.tables.sheets import Sheet

CLOSED = frozenset({"statuses"})
"""Schemes that the code itself knows by heart: a town cannot add to them."""
_LISTS = ("alt", "exact_match", "close_match")


@cache
def packaged() -> Mapping[str, Mapping[str, Concept]]:
    """The concept lists that travel with hazama, by name."""
    files = sorted(entry.name for entry in (resources.folder("ontology") / "concepts").iterdir())
    return {name: dict(_packaged_list(name)) for file in files if (name := file.removesuffix(".csv")) != "space"}


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


def schemes(homes: Sequence[Home]) -> tuple[Mapping[str, Scheme], Sequence[Violation]]:
    """All concept lists of a town and its layers, those beneath first, and what is wrong with them."""
    found = {name: dict(scheme) for name, scheme in packaged().items()}
    wrong: list[Violation] = []
    for home in reversed(homes):
        for sheet in (sheet for sheet in home.sheets if sheet.name.startswith(LISTS)):
            scheme = sheet.name.removeprefix(LISTS)
            if scheme in CLOSED:
                sheet.note(0, "", "closed_scheme", found=scheme)
            else:
                _add(sheet, scheme, home.key, found.setdefault(scheme, {}))
            wrong += sheet.found
    return found, wrong


def _add(sheet: Sheet, scheme: str, layer: str, concepts: dict[str, Concept]) -> None:
    """Add the concepts of a sheet to their scheme; what is wrong with them is noted."""
    table = table_sheet(sheet, concept_table())
    if table is None:
        return
    rows = [(line.number, table.texts(line)) for line in table.lines]
    for number, texts in rows:
        missing = [name for name in ("id", "ja") if not texts.get(name)]
        for name in missing:
            sheet.note(number, name, "missing_value")
        try:
            id = identifier(texts["id"]) if not missing else ""
        except CellError as error:
            sheet.note(number, "id", error.code, **error.values)
            continue
        if id in concepts:
            sheet.note(number, "id", "repeated_concept", found=id, label=concepts[id].ja)
        elif id:
            concepts[id] = _concept(scheme, {"en": "", **texts}, layer)
    for number, texts in rows:
        if (broader := texts.get("broader", "")) and broader not in concepts:
            sheet.note(number, "broader", "unknown_concept", found=broader)
