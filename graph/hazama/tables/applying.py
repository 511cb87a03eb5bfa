"""The changes of a workbook written into the files of a town: what they do not touch keeps its bytes."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any

import tomlkit

from hazama.model.cells import NOT_RECORDED, AgeRange
from hazama.model.errors import UsageError
from hazama.model.records import Row
from hazama.model.town import Municipality
from hazama.resources import phrase
from hazama.tables import homes, town_file
from hazama.tables.ages import ages_text
from hazama.tables.books import EXTENSIONS
from hazama.tables.cells import age_limit
from hazama.tables.columns import concept_table, declaration, table_named
from hazama.tables.csv_files import csv_sheet, separator
from hazama.tables.encodings import encoding
from hazama.tables.layout import DITTO, TableSheet, table_sheet
from hazama.tables.merging import TOWN, Change, compared, told
from hazama.tables.reading import checked, read
from hazama.tables.saving import save
from hazama.tables.sheets import Sheet
from hazama.tables.writing import BOM, csv_bytes, encoded, harmless, records

ENDS = {"min_age": "least", "max_age": "most"}
"""The columns that a file may have as one, 対象年齢."""


def apply(changes: Sequence[Change], town: Path) -> None:
    """Write the changes into the files of *town*, all or none; what did not change keeps its bytes.

    Files that would then say anything but the changes are refused, and nothing is written.
    """
    if not changes:
        return
    before = read(town)
    by_table = {change.table: [one for one in changes if one.table == change.table] for change in changes}
    files = {name: town / town_file.FILE if name == TOWN else _file(town, name) for name in by_table}
    ready = {files[name]: _changed(files[name], name, some, before) for name, some in by_table.items()}
    after = checked(_as_if(ready, town)).town
    for name, some in by_table.items():
        if after is None or (
            name in declaration() and _essence(some) != _essence(_difference(name, before, after, some))
        ):
            raise UsageError(*phrase("tables", "not_merged", file=files[name]))
    save(ready, town)


def _as_if(ready: Mapping[Path, bytes], town: Path) -> homes.Home:
    """The town as it would be with these files."""
    home = homes.of_folder(town)
    settings, sheets = home.settings, {sheet.file: sheet for sheet in home.sheets}
    for path, data in ready.items():
        file = path.relative_to(town).as_posix()
        if file == town_file.FILE:
            settings = town_file.parsed(data)
        else:
            name = sheets[file].name if file in sheets else homes.LISTS * ("/" in file) + path.stem
            sheets[file] = replace(csv_sheet(file, data), name=name)
    return replace(home, settings=settings, sheets=tuple(sheets.values()))


def _difference(name: str, before: Municipality, after: Municipality, told_of: Sequence[Change]) -> Iterator[Change]:
    """What really differs in a table, in its columns and in those that the changes speak of."""
    table = declaration()[name]
    more = [column for change in told_of for column in (change.column, *change.texts) if column]
    names = list(dict.fromkeys([*(column.name for column in table.columns), *more]))
    return compared(name, *(told(town, table, names) for town in (before, after)))


def _essence(changes: Iterable[Change]) -> Counter[object]:
    """What changes say, whatever the row and the columns that stay blank."""
    return Counter(
        (one.kind, one.id, one.column, one.after if one.column else frozenset(filter(itemgetter(1), one.texts.items())))
        for one in changes
    )


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


def _changed(path: Path, name: str, changes: Sequence[Change], town: Municipality) -> bytes:
    """The file with the changes; records that they do not touch keep their bytes."""
    if name == TOWN:
        return _reworded(path.read_bytes(), changes)
    table = declaration().get(name) or concept_table()
    if not path.exists():
        texts = [change.texts for change in changes]
        names = dict.fromkeys([*(column.name for column in table.columns), *(name for one in texts for name in one)])
        return csv_bytes(names, ([one.get(name, "") for name in names] for one in texts))
    sheet = homes.sheet(path, path.name, path.stem)
    given = table_sheet(sheet, table)
    if given is None:
        raise UsageError(*phrase("tables", "cannot_write", folder=path, found=""))
    if "ages" in given.places:
        rows = {row.origin.row: row for row in dict(town.tables())[name] if not row.layer}
        changes = list(_in_one_cell(changes, rows))
    return _written(path.read_bytes(), changes, sheet, given)


def _in_one_cell(changes: Sequence[Change], rows: Mapping[int, Row]) -> Iterator[Change]:
    """The same for a file with both ends of an age range in one cell: 65歳以上."""
    ages: dict[int, AgeRange] = {}
    for change in changes:
        ends: Any = {name: age_limit(text) if (text := change.texts.get(name, "")) else NOT_RECORDED for name in ENDS}
        if change.kind == "added":
            texts = {name: text for name, text in change.texts.items() if name not in ENDS}
            yield replace(change, texts={**texts, "ages": ages_text(AgeRange(*ends.values()))})
        elif change.column not in ENDS:
            yield change
        else:
            now: Any = ages.get(change.row) or getattr(rows[change.row], "limits", {}).get("age", AgeRange())
            end = age_limit(change.after) if change.after else NOT_RECORDED
            ages[change.row] = replace(now, **{ENDS[change.column]: end})
    for row, now in ages.items():
        yield Change("changed", "", "", "ages", after=ages_text(now), row=row)


def _written(data: bytes, changes: Sequence[Change], sheet: Sheet, given: TableSheet) -> bytes:
    """The records of a CSV file with the changes."""
    codec = encoding(data).replace("utf-8-sig", "utf-8")
    text = data.decode(codec)
    mark, sign = BOM * text.startswith(BOM), separator(text)
    end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
    lines, places = list(records(text.removeprefix(BOM))), given.places
    edits = _edits(changes, places, lines, given.headings.number)
    gone = {change.row for change in changes if change.kind == "removed"}
    raw = {line.number: line for line in sheet.lines}
    for above, line in pairwise(given.lines):  # 〃 below a cell that changes goes on saying what it said
        for name in [name for name, at in given.places.items() if raw[line.number].text(at) in DITTO]:
            if above.number in gone or name in edits.get(above.number, {}):
                edits[line.number].setdefault(name, line.text(given.places[name]))

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
    return encoded(mark + "".join(kept), codec)


def _edits(
    changes: Sequence[Change], places: dict[str, int], lines: Sequence[str], headings: int
) -> dict[int, dict[str, str]]:
    """The cells to write, by row and column; a column that the file lacks gets a place behind the others."""
    edits: dict[int, dict[str, str]] = defaultdict(dict)
    rows = [row for row in range(headings, len(lines) + 1) if lines[row - 1].strip("\r\n")[:1] not in ("", "#")]
    for change in changes:
        if change.kind == "changed":
            edits[change.row][change.column] = change.after
        for name in [change.column] if change.column else [name for name, text in change.texts.items() if text]:
            if name not in places:
                places[name] = max(places.values()) + 1
                for row in rows:
                    edits[row].setdefault(name, name if row == headings else "")
    return edits
