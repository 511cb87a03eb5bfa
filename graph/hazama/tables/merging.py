"""What a workbook changes in a town, cell by cell, and the same changes in the town's CSV files."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from hazama.model.errors import UsageError
from hazama.model.records import Row
from hazama.model.town import Municipality
from hazama.resources import phrase
from hazama.tables.columns import declaration, table_named
from hazama.tables.csv_files import separator
from hazama.tables.encodings import encoding
from hazama.tables.formats import Given, opened, sheet, standing_on
from hazama.tables.headings import headings
from hazama.tables.layout import laid_out
from hazama.tables.reading import checked, in_order, read
from hazama.tables.saving import save
from hazama.tables.writing import cells, csv_bytes, harmless, records


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
    given = [
        Given(table, book.name, entry.sheet) for entry in home.entries[: home.own] if (table := table_named(entry.name))
    ]
    return tuple(change for one in given for change in _of_table(one, before, after))


def _of_table(given: Given, before: Municipality, after: Municipality) -> Iterator[Change]:
    grid = laid_out(given.sheet, given.table, given.file).grid
    if grid is None:
        return
    found = headings(grid, given.table, given.file)
    names = [column.name for column in found.columns.values()] + list(found.extra.values())
    names += ["min_age", "max_age"] * ("ages" in names)
    old, new = (
        [(row, _texts(row, given.table.name, names)) for row in dict(town.tables())[given.table.name] if not row.layer]
        for town in (before, after)
    )
    yield from (_by_id if given.table.has_ids else _by_content)(given.table.name, old, new)


Told = Sequence[tuple[Row, Mapping[str, str]]]


def _texts(row: Row, table: str, names: Sequence[str]) -> dict[str, str]:
    texts = cells(row, declaration()[table])
    return {name: texts.get(name, "") for name in names if name != "ages"}


def _by_id(table: str, old: Told, new: Told) -> Iterator[Change]:
    known = {row.id: (row, texts) for row, texts in old}  # type: ignore[attr-defined]
    for row, texts in new:
        id = row.id  # type: ignore[attr-defined]
        if id not in known:
            yield Change("added", table, id, after=texts.get("name", ""), texts=texts)
            continue
        was, before = known.pop(id)
        for name, text in texts.items():
            if text != before[name]:
                yield Change("changed", table, id, name, before[name], text, was.origin.row)
    for id, (row, texts) in known.items():
        yield Change("removed", table, id, before=texts.get("name", ""), row=row.origin.row)


def _by_content(table: str, old: Told, new: Told) -> Iterator[Change]:
    """Rows without ids are the same when they say the same."""
    left = Counter(tuple(texts.items()) for _, texts in old)
    for _, texts in new:
        key = tuple(texts.items())
        if left[key] > 0:
            left[key] -= 1
        else:
            yield Change("added", table, "", after=_said(texts), texts=texts)
    for row, texts in reversed(old):
        key = tuple(texts.items())
        if left[key] > 0:
            left[key] -= 1
            yield Change("removed", table, "", before=_said(texts), row=row.origin.row)


def _said(texts: Mapping[str, str]) -> str:
    return " / ".join(text for text in texts.values() if text)


def apply(changes: Sequence[Change], town: Path) -> None:
    """Write the changes into the CSV files of *town*, all or none; what did not change keeps its bytes."""
    tables = dict.fromkeys(change.table for change in changes)
    ready = {name: _changed(town, name, [one for one in changes if one.table == name]) for name in tables}
    save({town / f"{name}.csv": data for name, data in ready.items()}, town)


def _changed(town: Path, name: str, changes: Sequence[Change]) -> bytes:
    path = town / f"{name}.csv"
    if not path.exists():
        names = [column.name for column in declaration()[name].columns]
        return csv_bytes(names, ([change.texts.get(column, "") for column in names] for change in changes))
    data = path.read_bytes()
    grid = laid_out(sheet(path, path.name), declaration()[name], path.name).grid
    if grid is None:
        raise UsageError(*phrase("tables", "cannot_write", folder=path, found=""))
    known = headings(grid, declaration()[name], path.name)
    positions = {column.name: at for at, column in known.columns.items()} | {
        text: at for at, text in known.extra.items()
    }
    return _Lines.of(data, positions, grid.headings.number).with_changes(changes)


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
