"""A town as one workbook for planners: a sheet a table, drop-downs, hints."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from hazama import resources
from hazama.model.concepts import Scheme
from hazama.model.town import Municipality
from hazama.tables.columns import Column, Table, concept_table, declaration
from hazama.tables.concepts import packaged
from hazama.tables.empty import example
from hazama.tables.lookup import Lookup
from hazama.tables.results import sheet_title
from hazama.tables.town_file import KEYS, NO_BASE
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
    lookup = Lookup.of(town)
    rows = ((table, row) for table, rows in town.tables() for row in rows)
    called = {(table, getattr(row, "id", "")): getattr(row, "name", "") for table, row in rows}

    def named(text: str, column: Column) -> str:
        concept = town.concept(column.scheme, text)
        name = concept.label(lang) if concept else called.get(("".join(column.references), text), "")
        is_plain = name == name.strip() and not re.search(r"^#|[;；\r\n/]" if column.references else ";", name)
        return name if name and is_plain and lookup.ids(name, column) == [text] else text

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
            at_column = xl_col_to_name(at)
            self.lists[name] = f"={LISTS}!${at_column}$1:${at_column}${max(1, len(labels))}"
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
        page.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(names) - 1)}{MOST_ROWS}"})
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
        return f"='{sheet_title(table.title(self.lang))}'!${xl_col_to_name(at)}$2:${xl_col_to_name(at)}${MOST_ROWS}"
