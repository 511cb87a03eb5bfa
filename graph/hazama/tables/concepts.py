"""Concept lists: hazama's own, and those that a town or a layer adds in ``concepts/<scheme>.csv``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from hazama import resources
from hazama.model.concepts import Concept, Dimension
from hazama.model.errors import Violation
from hazama.tables.cells import CellError, identifier, items
from hazama.tables.columns import concept_table
from hazama.tables.formats import sheet
from hazama.tables.grids import Grid, Line, violation
from hazama.tables.headings import Headings, headings
from hazama.tables.layers import LayerFolder

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


@dataclass(slots=True)
class _Schemes:
    schemes: dict[str, dict[str, Concept]] = field(
        default_factory=lambda: {name: dict(scheme) for name, scheme in packaged().items()}
    )
    violations: list[Violation] = field(default_factory=list)


def schemes(folders: tuple[LayerFolder, ...]) -> tuple[Mapping[str, Mapping[str, Concept]], tuple[Violation, ...]]:
    """All concept lists of a town, the lists of the layers beneath first, and what is wrong with them."""
    found = _Schemes()
    for home in reversed(folders):
        folder = home.folder / "concepts"
        names = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
        for name in names:
            if name.endswith(".csv"):
                _add(found, home, name.removesuffix(".csv"))
    return found.schemes, tuple(found.violations)


def _add(found: _Schemes, home: LayerFolder, scheme: str) -> None:
    file = home.file(f"concepts/{scheme}.csv")
    if scheme in CLOSED:
        found.violations.append(violation(file, 0, "", "closed_scheme", found=scheme))
        return
    read = sheet(home.folder / "concepts" / f"{scheme}.csv", file)
    found.violations += read.violations
    if read.grid is None:
        return
    known = headings(read.grid, concept_table(), file)
    found.violations += known.violations
    concepts = found.schemes.setdefault(scheme, {})
    for line in read.grid.lines:
        _add_line(found, concepts, _texts(line, known), home, file, line.number, scheme)
    found.violations += _unknown_broader(read.grid, known, concepts, file)


def _texts(line: Line, known: Headings) -> dict[str, str]:
    return {column.name: line.cells[at].strip() for at, column in known.columns.items() if at < len(line.cells)}


def _add_line(
    found: _Schemes,
    concepts: dict[str, Concept],
    texts: dict[str, str],
    home: LayerFolder,
    file: str,
    row: int,
    scheme: str,
) -> None:
    missing = [name for name in ("id", "ja") if not texts.get(name)]
    if missing:
        found.violations += [violation(file, row, name, "missing_value") for name in missing]
        return
    try:
        id = identifier(texts["id"])
    except CellError as error:
        found.violations.append(violation(file, row, "id", error.code, **error.values))
        return
    if id in concepts:
        found.violations.append(violation(file, row, "id", "repeated_concept", found=id, label=concepts[id].ja))
        return
    concepts[id] = _concept(scheme, {"en": "", **texts}, home.layer.key)


def _unknown_broader(grid: Grid, known: Headings, concepts: Mapping[str, Concept], file: str) -> Iterator[Violation]:
    for line in grid.lines:
        broader = _texts(line, known).get("broader", "")
        if broader and broader not in concepts:
            yield violation(file, line.number, "broader", "unknown_concept", found=broader)
