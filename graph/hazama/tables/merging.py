"""What a workbook changes in a town, cell by cell, and the same changes in the town's files."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

import tomlkit

from hazama.model.errors import UsageError, Violation
from hazama.model.town import Municipality
from hazama.resources import phrase
from hazama.tables import homes, town_file
from hazama.tables.books import EXTENSIONS
from hazama.tables.cells import items
from hazama.tables.columns import Table, concept_table, declaration, table_named
from hazama.tables.csv_files import separator
from hazama.tables.encodings import encoding
from hazama.tables.layout import table_sheet
from hazama.tables.lookup import Lookup
from hazama.tables.marks import marks
from hazama.tables.reading import checked, in_order, read
from hazama.tables.saving import save
from hazama.tables.sheets import Sheet
from hazama.tables.writing import BOM, cells, csv_bytes, harmless, records, town_cells

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
    before, given, folder = read(town), homes.of_files([book]), homes.of_folder(town)
    after = in_order(checked(homes.standing_on(given, folder)), book)
    found = [*_compared(TOWN, {"": (0, town_cells(before.layer))}, {"": (0, town_cells(after.layer))})]
    for sheet in given.sheets:
        if table := table_named(sheet.name):
            found += _of_table(sheet, table, before, after)
    for sheet in given.sheets:
        if sheet.name.startswith(homes.LISTS):
            old = next((_concepts(one) for one in folder.sheets if one.name == sheet.name), {})
            found += _compared(sheet.name.replace(".", "/", 1), old, _concepts(sheet))
    return tuple(found)


def passed_over(book: Path) -> tuple[Violation, ...]:
    """The sheets of a book that are no table of a town: :func:`changes` does not read them."""
    return tuple(homes.unread(homes.of_files([book])))


Told: TypeAlias = Mapping[object, tuple[int, Mapping[str, str]]]
"""Rows by id, or by what they say where they have none: the number of the row and the text of its cells."""


def _concepts(sheet: Sheet) -> Told:
    """The rows of a concept list, each list in a cell spelled as it is written."""
    given = table_sheet(sheet, concept_table())
    if given is None:
        return {}
    several = {column.name for column in concept_table().columns if column.separator} & given.places.keys()
    rows: dict[object, tuple[int, Mapping[str, str]]] = {}
    for line in given.lines:
        texts = {name: line.text(at) for name, at in given.places.items()}
        texts |= {name: ";".join(map(str, items(texts[name], str))) for name in several}
        rows[texts["id"]] = line.number, texts
    return rows


def _of_table(sheet: Sheet, table: Table, before: Municipality, after: Municipality) -> Iterator[Change]:
    given = table_sheet(sheet, table)
    if given is None:
        return
    ticked = marks(given, Lookup.of(after)) if given.extra else {}
    names = dict.fromkeys(given.places)
    for mark in ticked.values():
        del names[mark.heading]
        names[mark.column.name] = None
    if "ages" in names:
        names = {name: None for name in (*names, "min_age", "max_age") if name != "ages"}
    yield from _compared(table.name, *(_told(town, table, list(names)) for town in (before, after)))


def _told(town: Municipality, table: Table, names: Sequence[str]) -> Told:
    """The town's own rows; those without ids are the same when they say the same as often."""
    found: dict[object, tuple[int, Mapping[str, str]]] = {}
    times: Counter[object] = Counter()
    for row in dict(town.tables())[table.name]:
        if not row.layer:
            said = cells(row, table)
            texts = {name: said.get(name, "") for name in names}
            key = tuple(texts.values())
            times[key] += 1
            found[getattr(row, "id", (key, times[key]))] = row.origin.row, texts
    return found


def _compared(table: str, old: Told, new: Told) -> Iterator[Change]:
    for id, (_, texts) in new.items():
        if id not in old:
            id_text, title = _called(id, texts)
            yield Change("added", table, id_text, after=title, texts=texts)
            continue
        row, before = old[id]
        for name, text in texts.items():
            if text != before.get(name, ""):
                yield Change("changed", table, str(id), name, before.get(name, ""), text, row)
    for id, (row, texts) in old.items():
        if id not in new:
            id_text, title = _called(id, texts)
            yield Change("removed", table, id_text, before=title, row=row)


def _called(id: object, texts: Mapping[str, str]) -> tuple[str, str]:
    """The id of a row and its name; for a row without ids, what it says."""
    if isinstance(id, str):
        return id, texts.get("name") or texts.get("ja", "")
    return "", " / ".join(filter(None, texts.values()))


def apply(changes: Sequence[Change], town: Path) -> None:
    """Write the changes into the files of *town*, all or none; what did not change keeps its bytes."""
    by_table = {change.table: [one for one in changes if one.table == change.table] for change in changes}
    entries = by_table.pop(TOWN, [])
    ready = {path: _changed(path, name, some) for name, some in by_table.items() if (path := _file(town, name))}
    if entries:
        ready[town / town_file.FILE] = _reworded((town / town_file.FILE).read_bytes(), entries)
    save(ready, town)


def _file(town: Path, name: str) -> Path:
    """The file of a table or a concept list, whatever the town calls it."""
    usual, table = town / f"{name}.csv", declaration().get(name)
    beside = [usual.parent / path.name for path in homes.files(usual.parent)]
    file = next(
        (path for path in beside if path.stem == usual.stem or (table and table_named(path.stem) == table)), usual
    )
    if file.suffix.lower() in EXTENSIONS or len(Path(name).parts) != (1 if table else 2):
        raise UsageError(*phrase("tables", "not_merged", file=file))
    return file


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
    """A CSV file with the changes; records that they do not touch keep their bytes."""
    table = declaration().get(name) or concept_table()
    if not path.exists():
        names = list(
            dict.fromkeys(
                [*(column.name for column in table.columns), *(name for one in changes for name in one.texts)]
            )
        )
        return csv_bytes(names, ([change.texts.get(column, "") for column in names] for change in changes))
    given = table_sheet(homes.sheet(path, path.name, path.stem), table)
    if given is None:
        raise UsageError(*phrase("tables", "cannot_write", folder=path, found=""))
    codec = encoding(path.read_bytes()).replace("utf-8-sig", "utf-8")
    text = path.read_bytes().decode(codec)
    mark, sign = BOM * text.startswith(BOM), separator(text)
    end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
    lines, places = list(records(text.removeprefix(BOM))), given.places
    edits = _edits(changes, places, lines, given.headings.number)
    gone = {change.row for change in changes if change.kind == "removed"}

    def written(record: str, texts: Mapping[str, str]) -> str:
        row = next(csv.reader(io.StringIO(record, newline=""), delimiter=sign), [])
        row += [""] * (1 + max(places[name] for name in texts) - len(row))
        for name, text in texts.items():
            row[places[name]] = harmless(text)
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=sign, lineterminator=end).writerow(row)
        return stream.getvalue()

    kept = [written(line, edits[row]) if row in edits else line for row, line in enumerate(lines, 1) if row not in gone]
    if kept and not kept[-1].endswith(("\n", "\r")):
        kept[-1] += end
    added = [change.texts for change in changes if change.kind == "added"]
    kept += [written("", {name: texts.get(name, "") for name in places}) for texts in added]
    return (mark + "".join(kept)).encode(codec)


def _edits(
    changes: Sequence[Change], places: dict[str, int], lines: Sequence[str], headings: int
) -> dict[int, dict[str, str]]:
    """The cells to write, by row and column; a column that the file lacks gets a place behind the others."""
    edits: dict[int, dict[str, str]] = defaultdict(dict)
    for change in changes:
        if change.kind == "changed":
            edits[change.row][change.column] = change.after
        for name in [change.column] if change.column else [name for name, text in change.texts.items() if text]:
            if name not in places:
                places[name] = max(places.values()) + 1
                for row in [row for row in range(headings, len(lines) + 1) if lines[row - 1].strip("\r\n")]:
                    edits[row].setdefault(name, name if row == headings else "")
    return edits
