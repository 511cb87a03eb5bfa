"""A town as one workbook for planners: a sheet a table, drop-downs, hints; and a copy that shows what to mend."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from hazama import resources
from hazama.model.concepts import Scheme
from hazama.model.errors import Violation
from hazama.model.town import Municipality
from hazama.tables.columns import Column, Table, concept_table, declaration, table_named
from hazama.tables.concepts import packaged
from hazama.tables.empty import example
from hazama.tables.formats import FORMATS, sheets
from hazama.tables.headings import headings, likely_table
from hazama.tables.layers import KEYS, NO_BASE
from hazama.tables.layout import laid_out
from hazama.tables.lookup import Labels, spelled
from hazama.tables.results import sheet_title
from hazama.tables.sentences import advice, heading
from hazama.tables.writing import cells, concept_cells, town_cells

LISTS = "_lists"
"""The hidden sheet that drop-downs take their words from; reading passes over it."""
MOST_ROWS = 5_000
"""Rows that drop-downs and unlocked cells reach down to."""
FONT = "BIZ UDPGothic"
INK, PALE, REQUIRED, OWN, HINT = "#1F2A37", "#E9EEF3", "#1F5F8B", "#5B6B7B", "#7A8794"
HOUSEKEEPING = ("status", "reason", "inferred", "classified", "source", "locator", "since", "until", "note")
"""Columns that every table ends with: how a row is known."""
_LONG_AGO = datetime(2000, 1, 1)
_WIDTHS = {"id": 16, "text": 26, "reference": 24, "limit": 18, "class": 26, "concept": 16, "url": 30, "source": 24}

Lines = Sequence[Mapping[str, str]]


def template(lang: str = "ja") -> bytes:
    """An empty workbook for planners to fill, with an example row where there is one."""
    lines = {name: [example(table)] if example(table) else [] for name, table in declaration().items()}
    return _Book(lang, lines, {"base": NO_BASE}, packaged(), is_template=True).bytes()


def town_book(town: Municipality, lang: str = "ja") -> bytes:
    """The town's own rows as a workbook that reads back the same; concepts and rows by name where that is safe."""
    named = _namers(town, lang)
    lines = {
        name: [_spoken(cells(row, declaration()[name]), declaration()[name], named) for row in rows if row.layer == ""]
        for name, rows in town.tables()
    }
    return _Book(lang, lines, town_cells(town.layer), town.schemes, is_template=False).bytes()


Namer = Callable[[str, Column], str]


def _spoken(texts: Mapping[str, str], table: Table, named: Namer) -> dict[str, str]:
    columns = {column.name: column for column in table.columns if column.scheme or column.references}
    return {
        name: ";".join(named(part, columns[name]) for part in text.split(";")) if name in columns else text
        for name, text in texts.items()
    }


def _namers(town: Municipality, lang: str) -> Namer:
    """What an id is called, if nothing else goes by that name."""
    labels = {scheme: Labels(concepts) for scheme, concepts in town.schemes.items()}
    names: dict[str, dict[str, set[str]]] = {}
    for table, rows in town.tables():
        for row in rows:
            for name in ";".join(
                [getattr(row, "name", ""), getattr(row, "name_en", ""), *getattr(row, "alt", ())]
            ).split(";"):
                if name:
                    names.setdefault(table, {}).setdefault(spelled(name), set()).add(row.id)  # type: ignore[attr-defined]
    known = {table: {row.id: row.name for row in rows if hasattr(row, "name")} for table, rows in town.tables()}  # type: ignore[attr-defined]

    def named(text: str, column: Column) -> str:
        if column.scheme in labels and (concept := town.concept(column.scheme, text)):
            label = concept.label(lang)
            return label if labels[column.scheme].ids(label) == [text] and ";" not in label else text
        if len(column.references) == 1 and (name := known.get(column.references[0], {}).get(text, "")):
            is_id = name in known[column.references[0]]
            safe = (
                names[column.references[0]].get(spelled(name)) == {text}
                and not is_id
                and not re.search(r"^#|[;；\r\n/]", name)
            )
            return name if safe and name == name.strip() else text
        return text

    return named


@dataclass
class _Book:
    """A workbook in the making."""

    lang: str
    lines: Mapping[str, Lines]
    entries: Mapping[str, str]
    schemes: Mapping[str, Scheme]
    is_template: bool
    buffer: io.BytesIO = field(default_factory=io.BytesIO)
    lists: dict[str, str] = field(default_factory=dict)

    @cached_property
    def words(self) -> Mapping[str, str]:
        return {id: both[self.lang] for id, both in resources.words("workbook").items()}

    @cached_property
    def book(self) -> Any:
        import xlsxwriter

        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(self.buffer, options)
        book.set_properties({"title": self.words["title"], "author": "hazama", "created": _LONG_AGO})
        book.formats[0].set_font_name(FONT)
        return book

    def format(self, **more: object) -> Any:
        plain = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top", "text_wrap": True}
        return self.book.add_format({**plain, **more})

    def bytes(self) -> bytes:
        titles = {name: sheet_title(table.title(self.lang)) for name, table in declaration().items()}
        front = self.book.add_worksheet(self.words["sheet_readme"])
        self.town_sheet()
        pages = {name: self.book.add_worksheet(title) for name, title in titles.items()}
        self.concept_lists()
        for name, page in pages.items():
            self.table_sheet(page, declaration()[name], self.lines.get(name, ()))
        self.own_concepts()
        self.readme(front, titles)
        self.book.close()
        return self.buffer.getvalue()

    def readme(self, page: Any, titles: Mapping[str, str]) -> None:
        """What this workbook is, how to fill it, and a link to every sheet."""
        page.hide_gridlines(2)
        page.set_column(0, 0, 3)
        page.set_column(1, 1, 30)
        page.set_column(2, 2, 78)
        page.set_row(0, 30)
        page.write_string(0, 1, self.words["title"], self.format(bold=True, font_size=18, text_wrap=False))
        plain, soft = self.format(), self.format(font_color=HINT)
        row = 2
        for text in self.words["steps"].split("|"):
            page.merge_range(row, 1, row, 2, text, plain)
            page.set_row(row, 30)
            row += 1
        row += 1
        for key, colour in (("required", REQUIRED), ("optional", OWN), ("evidence", HINT)):
            page.write_string(row, 1, self.words[key], self.heading_format(colour))
            page.write_string(row, 2, self.words[f"{key}_means"], plain)
            row += 1
        row += 1
        link = self.format(font_color=REQUIRED, underline=1)
        for name, title in titles.items():
            page.write_url(row, 1, f"internal:'{title}'!A1", link, title)
            page.write_string(row, 2, declaration()[name].file, soft)
            row += 1
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)

    def heading_format(self, colour: str) -> Any:
        return self.format(
            bold=True, bg_color=colour, font_color="#FFFFFF", valign="vcenter", border=1, border_color="#FFFFFF"
        )

    def town_sheet(self) -> None:
        """The sheet that stands for ``town.toml``."""
        page = self.book.add_worksheet(self.words["sheet_town"])
        labels = resources.words("tables")["town_keys"][self.lang].split(";")
        hints = self.words["town_hints"].split("|")
        text = self.format(num_format="@", locked=False, border=1, border_color="#C3CDD8", bg_color="#FFFDF3")
        page.write_row(0, 0, [self.words[name] for name in ("key", "value", "hint")], self.heading_format(REQUIRED))
        for row, (key, label, hint) in enumerate(zip(KEYS, labels, hints, strict=True), start=1):
            page.write_string(row, 0, label, self.format(bold=True))
            page.write_string(row, 1, self.entries.get(key, ""), text)
            page.write_string(row, 2, hint, self.format(font_color=HINT))
        for column, width in enumerate((18, 46, 60)):
            page.set_column(column, column, width)
        page.freeze_panes(1, 0)

    def concept_lists(self) -> None:
        """The hidden words of the drop-downs."""
        page = self.book.add_worksheet(LISTS)
        schemes = {column.scheme for table in declaration().values() for column in table.columns if column.scheme}
        for at, name in enumerate(sorted(schemes & self.schemes.keys())):
            labels = [concept.label(self.lang) for concept in self.schemes[name].values()]
            page.write_column(0, at, labels)
            letters = _letters(at)
            self.lists[name] = f"={LISTS}!${letters}$1:${letters}${max(1, len(labels))}"
        page.hide()

    def own_concepts(self) -> None:
        """The concepts that the town adds, a sheet a list."""
        columns = concept_table().columns
        for name, scheme in self.schemes.items():
            own = [concept for concept in scheme.values() if concept.layer == ""]
            if own:
                page = self.book.add_worksheet(f"concepts.{name}"[:31])
                page.write_row(0, 0, [column.title(self.lang) for column in columns], self.heading_format(OWN))
                for row, concept in enumerate(own, start=1):
                    texts = concept_cells(concept)
                    for at, column in enumerate(columns):
                        page.write_string(row, at, texts.get(column.name, ""), self.format(num_format="@"))
                page.set_column(0, len(columns) - 1, 22)
                page.freeze_panes(1, 0)

    def table_sheet(self, page: Any, table: Table, lines: Lines) -> None:
        """One table: headings that stay, hints, drop-downs, and its rows."""
        columns = table.columns
        extra = list(dict.fromkeys(name for line in lines for name in line if table.column(name) is None))
        body = self.format(num_format="@", locked=False)
        page.set_row(0, 34)
        for at, column in enumerate(columns):
            self.column(page, at, column, body)
        for at, name in enumerate(extra, start=len(columns)):
            page.write_string(0, at, name, self.heading_format(HINT))
            page.set_column(at, at, 20, body)
        names = [*(column.name for column in columns), *extra]
        shown = self.format(num_format="@", locked=False, italic=True, font_color=HINT) if self.is_template else body
        for row, line in enumerate(lines, start=1):
            for at, name in enumerate(names):
                if text := line.get(name, ""):
                    mark = "#" if self.is_template and at == 0 else ""
                    page.write_string(row, at, mark + text, shown)
        page.freeze_panes(1, 2 if table.has_ids else 1)
        page.autofilter(0, 0, max(1, len(lines)), len(names) - 1)
        page.ignore_errors({"number_stored_as_text": f"A1:{_letters(len(names) - 1)}{MOST_ROWS}"})
        page.set_landscape()
        page.set_paper(8)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        if self.is_template:
            allowed = (
                "format_cells",
                "format_columns",
                "format_rows",
                "insert_rows",
                "delete_rows",
                "sort",
                "autofilter",
            )
            page.protect("", dict.fromkeys(allowed, True))

    def column(self, page: Any, at: int, column: Column, body: Any) -> None:
        colour = REQUIRED if column.required else HINT if column.name in HOUSEKEEPING else OWN
        page.write_string(0, at, column.title(self.lang), self.heading_format(colour))
        page.set_column(at, at, _WIDTHS.get(column.kind, 14), body)
        hint = {
            "input_title": column.title(self.lang)[:32],
            "input_message": self.hint(column)[:255],
            "show_error": False,
        }
        choice = {"validate": "list", "source": source} if (source := self.choices(column)) else {"validate": "any"}
        page.data_validation(1, at, MOST_ROWS, at, {**choice, **hint})

    def hint(self, column: Column) -> str:
        several = self.words["several"] if column.separator or column.kind in ("limit", "class") else ""
        unset = self.words["unset"] if column.dimension else ""
        return "\n".join(filter(None, (column.about(self.lang), several, unset)))

    def choices(self, column: Column) -> str:
        """Where the words of a drop-down stand: a list of concepts, or the names in the sheet of another table."""
        if column.scheme:
            return self.lists.get(column.scheme, "")
        table = declaration().get(column.references[0]) if len(column.references) == 1 else None
        at = [entry.name for entry in table.columns].index("name") if table and table.column("name") else -1
        if table is None or at < 0:
            return ""
        return f"='{sheet_title(table.title(self.lang))}'!${_letters(at)}$2:${_letters(at)}${MOST_ROWS}"


def _letters(at: int) -> str:
    """The letters of a column, counted from 0."""
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)


FILLS = {"error": "FFC9C4", "repair": "FFF0B8", "warning": "DCE9F5"}


def marked(place: Path, found: Sequence[Violation], lang: str = "ja") -> bytes:
    """A copy of a workbook or of a folder's tables in which every bad cell is coloured and says what to do."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    words = {id: both[lang] for id, both in resources.words("workbook").items()}
    book = _copy(place)
    places = _places(place)
    addresses = [_address(places, entry) for entry in found]
    for entry, address in zip(found, addresses, strict=True):
        if address:
            cell = book[address[0]][address[1]]
            cell.fill = PatternFill("solid", fgColor=FILLS[entry.severity])
            said = f"{cell.comment.text}\n\n" if cell.comment else ""
            cell.comment = Comment(said + advice(entry, lang), "hazama", width=320, height=110)
    _listing(book, found, addresses, words, lang)
    stream = io.BytesIO()
    book.save(stream)
    return _timeless(stream.getvalue())


def _copy(place: Path) -> Any:
    """The workbook itself, or a new one with the text of the tables."""
    from openpyxl import Workbook, load_workbook

    if place.suffix.lower() in (".xlsx", ".xlsm"):
        return load_workbook(io.BytesIO(place.read_bytes()), keep_vba=place.suffix.lower() == ".xlsm")
    book = Workbook()
    book.remove(book.active)
    for path in _files(place):
        for name, sheet in sheets(path, path.name).items():
            page = book.create_sheet(sheet_title(name or path.stem))
            for line in (sheet.grid.headings, *sheet.grid.lines) if sheet.grid else ():
                for at, text in enumerate(line.cells, start=1):
                    if text:
                        _written(page.cell(line.number, at), text)
    return book


def _files(place: Path) -> list[Path]:
    return [path for path in sorted(place.iterdir()) if path.suffix.lower() in FORMATS] if place.is_dir() else [place]


def _written(cell: Any, text: str) -> Any:
    """The cell with the text as text: never a formula, without signs that XML cannot hold."""
    cell.value = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    cell.data_type = "s"
    return cell


Places = Mapping[str, Mapping[str, int]]


def _places(place: Path) -> Places:
    """Where the columns of each sheet stand, counted from 0, by their names and by unknown headings."""
    found = {}
    for path in _files(place):
        for name, sheet in sheets(path, path.name).items():
            title = sheet_title(name or path.stem)
            table = table_named(title) or likely_table(sheet)
            grid = laid_out(sheet, table, path.name).grid if table else None
            if table and grid:
                known = headings(grid, table, path.name)
                found[title] = {column.name: at for at, column in known.columns.items()}
                found[title] |= {text: at for at, text in known.extra.items()}
    return found


def _address(places: Places, entry: Violation) -> tuple[str, str] | None:
    """The sheet and the cell that a violation speaks of, where the copy has it."""
    title = entry.sheet or sheet_title(entry.file.rpartition(".")[0])
    if title not in places:
        return None
    if re.fullmatch(r"[A-Z]{1,3}[0-9]{1,7}", entry.column):
        return title, entry.column
    return (title, f"{_letters(places[title].get(entry.column, 0))}{entry.row}") if entry.row else None


def _listing(
    book: Any, found: Sequence[Violation], addresses: Iterable[Any], words: Mapping[str, str], lang: str
) -> None:
    """The sheet in front that lists everything, each with a link to its cell."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    page = book.create_sheet(_unused(book, words["sheet_mend"]), 0)
    book.active = 0
    counts = {severity: sum(entry.severity == severity for entry in found) for severity in FILLS}
    page.append([words["mend_counts"].format(**counts)])
    page["A1"].font = Font(name=FONT, size=14, bold=True, color=INK[1:])
    page.append([words["mend_how"]])
    page.append([])
    page.append([words[name] for name in ("kind", "sheet", "cell", "column", "advice")])
    for cell in page[4]:
        cell.font, cell.fill = Font(name=FONT, bold=True, color="FFFFFF"), PatternFill("solid", fgColor=REQUIRED[1:])
    for row, (entry, address) in enumerate(zip(found, addresses, strict=True), start=5):
        place = (entry.sheet or entry.file, address[1] if address else "")
        texts = [words[entry.severity], *place, heading(entry, lang), advice(entry, lang)]
        for at, text in enumerate(texts, start=1):
            cell = _written(page.cell(row, at), text)
            cell.font, cell.alignment = Font(name=FONT, size=10), Alignment(wrap_text=True, vertical="top")
        page.cell(row, 1).fill = PatternFill("solid", fgColor=FILLS[entry.severity])
        if address:
            page.cell(row, 3).hyperlink = Hyperlink(f"C{row}", location=f"'{address[0]}'!{address[1]}")
            page.cell(row, 3).font = Font(name=FONT, size=10, underline="single", color=REQUIRED[1:])
    for letter, width in zip("ABCDE", (12, 24, 9, 18, 84), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A5"
    page.auto_filter.ref = f"A4:E{max(5, 4 + len(found))}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0


def _unused(book: Any, title: str) -> str:
    return title if title not in book.sheetnames else _unused(book, f"{title}+")


def _timeless(data: bytes) -> bytes:
    """The same package without the time of writing: same input, same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = given.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", part)
            made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
