"""What a workbook changes in a town, cell by cell, and the same changes in the town's files."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import tomlkit

from hazama.model.errors import UsageError, Violation
from hazama.model.records import Row
from hazama.model.town import Municipality
from hazama.resources import phrase
from hazama.tables.books import EXTENSIONS, Entry
from hazama.tables.cells import items
from hazama.tables.columns import concept_table, declaration, table_named
from hazama.tables.csv_files import separator
from hazama.tables.encodings import encoding
from hazama.tables.formats import CONCEPTS, FORMATS, Given, concept_lists, is_list, opened, sheet, standing_on, unread
from hazama.tables.headings import Headings, headings
from hazama.tables.layers import FILE as TOWN_FILE
from hazama.tables.layers import LayerFolder
from hazama.tables.layout import laid_out
from hazama.tables.lookup import Lookup
from hazama.tables.marks import marks
from hazama.tables.reading import checked, in_order, read
from hazama.tables.saving import save
from hazama.tables.writing import cells, csv_bytes, harmless, records, town_cells

TOWN = "town"
"""What changes of ``town.toml`` are listed under."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that changed, or a row that came or went."""

    kind: Literal["added", "changed", "removed"]
    table: str
    id: str
    """Id of the row, or what it says where its table has no ids."""
    column: str = ""
    before: str = ""
    after: str = ""
    row: int = 0
    """Row in the town's file; 0 where it has none."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The cells of a row that came."""

    def record(self) -> dict[str, object]:
        """The change for a list of changes."""
        return {name: value for name, value in asdict(self).items() if name not in ("texts", "row")}


def changes(book: Path, town: Path) -> tuple[Change, ...]:
    """What *book* changes in the folder *town*; tables and columns that the book lacks stay as they are.

    The town is read with the book's tables in place of its own, so that names of rows are understood and
    whatever would break is said first (:class:`~hazama.model.errors.InputError`).
    """
    if not town.is_dir():
        raise UsageError(*phrase("tables", "not_a_folder", folder=town))
    before, home = read(town), standing_on(opened((book,)), town)
    after = in_order(checked(home), book)
    own = home.entries[: home.own]
    given = [Given(table, book.name, entry.sheet) for entry in own if (table := table_named(entry.name))]
    return (
        *_of_town(town_cells(before.layer), town_cells(after.layer)),
        *(change for one in given for change in _of_table(one, before, after)),
        *_of_lists(own, LayerFolder(before.layer, town)),
    )


def passed_over(book: Path) -> tuple[Violation, ...]:
    """The sheets of a book that are no table of a town: :func:`changes` does not read them."""
    return unread(opened((book,)))


def _of_town(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for key, text in after.items():
        if text != before[key]:
            yield Change("changed", TOWN, "", key, before[key], text)


def _of_lists(sheets: Sequence[Entry], town: LayerFolder) -> Iterator[Change]:
    known = {entry.name: _concepts(entry) for entry in concept_lists(town)}
    for entry in filter(is_list, sheets):
        scheme = entry.name.partition(".")[2]
        yield from _by_id(f"{CONCEPTS}/{scheme}", known.get(scheme, ()), _concepts(entry))


def _concepts(entry: Entry) -> "Told":
    """The rows of a concept list, each list in a cell spelled as it is written."""
    grid = laid_out(entry.sheet, concept_table(), entry.file).grid
    if grid is None:
        return ()
    places = _places(headings(grid, concept_table(), entry.file))
    several = {column.name for column in concept_table().columns if column.separator}
    rows = []
    for line in grid.lines:
        texts = {name: "".join(line.cells[at : at + 1]).strip() for name, at in places.items()}
        texts |= {name: ";".join(map(str, items(texts[name], str))) for name in several & texts.keys()}
        rows.append((texts["id"], line.number, texts))
    return rows


def _places(found: Headings) -> dict[str, int]:
    """Where each column stands, also those that hazama does not know."""
    return {column.name: at for at, column in found.columns.items()} | {text: at for at, text in found.extra.items()}


def _of_table(given: Given, before: Municipality, after: Municipality) -> Iterator[Change]:
    grid = laid_out(given.sheet, given.table, given.file).grid
    if grid is None:
        return
    found = headings(grid, given.table, given.file)
    ticked = marks(grid, found.extra, given.table, Lookup.of(after)) if found.extra else {}
    names = [name for name in _places(found) if name not in {mark.heading for mark in ticked.values()}]
    names += dict.fromkeys(mark.column.name for mark in ticked.values() if mark.column.name not in names)
    names += ["min_age", "max_age"] * ("ages" in names)
    old, new = (
        [
            (getattr(row, "id", ""), row.origin.row, _texts(row, given.table.name, names))
            for row in dict(town.tables())[given.table.name]
            if not row.layer
        ]
        for town in (before, after)
    )
    yield from (_by_id if given.table.has_ids else _by_content)(given.table.name, old, new)


Told = Sequence[tuple[str, int, Mapping[str, str]]]
"""Rows by id, the number of the row, and the text of its cells."""


def _texts(row: Row, table: str, names: Sequence[str]) -> dict[str, str]:
    texts = cells(row, declaration()[table])
    return {name: texts.get(name, "") for name in names if name != "ages"}


def _by_id(table: str, old: Told, new: Told) -> Iterator[Change]:
    known = {id: (row, texts) for id, row, texts in old}
    for id, _, texts in new:
        if id not in known:
            yield Change("added", table, id, after=_title(texts), texts=texts)
            continue
        row, before = known.pop(id)
        for name, text in texts.items():
            if text != before.get(name, ""):
                yield Change("changed", table, id, name, before.get(name, ""), text, row)
    for id, (row, texts) in known.items():
        yield Change("removed", table, id, before=_title(texts), row=row)


def _title(texts: Mapping[str, str]) -> str:
    return texts.get("name") or texts.get("ja", "")


def _by_content(table: str, old: Told, new: Told) -> Iterator[Change]:
    """Rows without ids are the same when they say the same."""
    left = Counter(tuple(texts.items()) for _, _, texts in old)
    for _, _, texts in new:
        key = tuple(texts.items())
        if left[key] > 0:
            left[key] -= 1
        else:
            yield Change("added", table, "", after=_said(texts), texts=texts)
    for _, row, texts in reversed(old):
        key = tuple(texts.items())
        if left[key] > 0:
            left[key] -= 1
            yield Change("removed", table, "", before=_said(texts), row=row)


def _said(texts: Mapping[str, str]) -> str:
    return " / ".join(text for text in texts.values() if text)


def apply(changes: Sequence[Change], town: Path) -> None:
    """Write the changes into the files of *town*, all or none; what did not change keeps its bytes."""
    by_table = {change.table: [one for one in changes if one.table == change.table] for change in changes}
    entries = by_table.pop(TOWN, [])
    ready = {path: _changed(path, name, some) for name, some in by_table.items() if (path := _file(town, name))}
    if entries:
        ready[town / TOWN_FILE] = _reworded((town / TOWN_FILE).read_bytes(), entries)
    save(ready, town)


def _file(town: Path, name: str) -> Path:
    """The file of a table or a concept list, whatever the town calls it."""
    usual = town / f"{name}.csv"
    beside = sorted(usual.parent.iterdir()) if usual.parent.is_dir() else []
    for path in (path for path in beside if path.suffix.lower() in FORMATS and not path.name.startswith("~$")):
        if path.stem == usual.stem or (usual.parent == town and table_named(path.stem) == declaration()[name]):
            usual = path
            break
    if usual.suffix.lower() in EXTENSIONS or len(Path(name).parts) != 1 + (name not in declaration()):
        raise UsageError(*phrase("tables", "not_merged", file=usual))
    return usual


def _reworded(data: bytes, changes: Sequence[Change]) -> bytes:
    """``town.toml`` with other values; comments and order stay."""
    text = data.decode("utf-8-sig")
    said = tomlkit.parse(text)
    for change in changes:
        if not change.after:
            said.pop(change.column)
        elif change.column == "stands_on":
            said[change.column] = change.after.split(";")
        else:
            said[change.column] = date.fromisoformat(change.after) if change.column == "as_of" else change.after
    return data[: len(data) - len(text.encode())] + tomlkit.dumps(said).encode()


def _changed(path: Path, name: str, changes: Sequence[Change]) -> bytes:
    table = declaration().get(name) or concept_table()
    if not path.exists():
        known = [column.name for column in table.columns]
        names = list(dict.fromkeys([*known, *(column for change in changes for column in change.texts)]))
        return csv_bytes(names, ([change.texts.get(column, "") for column in names] for change in changes))
    grid = laid_out(sheet(path, path.name), table, path.name).grid
    if grid is None:
        raise UsageError(*phrase("tables", "cannot_write", folder=path, found=""))
    places = _places(headings(grid, table, path.name))
    return _Lines.of(path.read_bytes(), places, grid.headings.number).with_changes(changes)


@dataclass(slots=True)
class _Lines:
    """The records of a CSV file with their bytes' text, and where each column stands."""

    records: list[str]
    positions: dict[str, int]
    heading: int
    encoding: str
    sign: str
    end: str

    @classmethod
    def of(cls, data: bytes, positions: dict[str, int], heading: int) -> "_Lines":
        name = encoding(data)
        text = data.decode("utf-8" if name == "utf-8-sig" else name)
        end = "\r\n" if "\r\n" in text else "\n" if "\n" in text or "\r" not in text else "\r"
        return cls(
            list(records(text)), positions, heading, "utf-8" if name == "utf-8-sig" else name, separator(text), end
        )

    def with_changes(self, changes: Sequence[Change]) -> bytes:
        for change in changes:
            needed = [change.column] if change.column else [name for name, text in change.texts.items() if text]
            self._widen([name for name in needed if name not in self.positions])
        for change in (one for one in changes if one.kind == "changed"):
            self._put(change.row, {change.column: change.after})
        gone = {change.row for change in changes if change.kind == "removed"}
        kept = [record for number, record in enumerate(self.records, start=1) if number not in gone]
        if kept and not kept[-1].endswith(("\n", "\r")):
            kept[-1] += self.end
        width = max(self.positions.values()) + 1
        for change in (one for one in changes if one.kind == "added"):
            kept.append(self._line(self._filled([""] * width, change.texts)))
        return "".join(kept).encode(self.encoding)

    def _widen(self, names: Sequence[str]) -> None:
        """Give every row a further column."""
        for name in names:
            self.positions[name] = max(self.positions.values()) + 1
            for number in range(self.heading, len(self.records) + 1):
                if self.records[number - 1].strip("\r\n"):
                    self._put(number, {name: name if number == self.heading else ""})

    def _put(self, number: int, texts: Mapping[str, str]) -> None:
        row = next(csv.reader(io.StringIO(self.records[number - 1], newline=""), delimiter=self.sign))
        width = max(self.positions[name] for name in texts) + 1
        self.records[number - 1] = self._line(self._filled(row + [""] * (width - len(row)), texts))

    def _filled(self, row: list[str], texts: Mapping[str, str]) -> list[str]:
        for name, text in texts.items():
            if name in self.positions:
                row[self.positions[name]] = harmless(text)
        return row

    def _line(self, row: Sequence[str]) -> str:
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=self.sign, lineterminator=self.end).writerow(row)
        return stream.getvalue()
