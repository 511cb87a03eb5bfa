"""A town as one workbook for planners: a sheet a table, drop-downs, hints."""

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
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
INK, REQUIRED, OWN, HINT = "#1F2A37", "#1F5F8B", "#5B6B7B", "#7A8794"
HOUSEKEEPING = ("status", "reason", "inferred", "classified", "source", "locator", "since", "until", "note")
"""Columns that every table ends with: how a row is known."""
_LONG_AGO = datetime(2000, 1, 1)
_WIDTHS = {"id": 16, "text": 26, "reference": 24, "limit": 18, "class": 26, "concept": 16, "url": 30, "source": 24}
_STAYS_OPEN = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
"""What a protected sheet still allows."""

Lines = Sequence[Mapping[str, str]]


def template(lang: str = "ja") -> bytes:
    """An empty workbook for planners to fill, with an example row where there is one."""
    lines = {name: [row] if (row := example(table)) else [] for name, table in declaration().items()}
    return _Book(lang, packaged(), is_template=True).bytes(lines, {"base": NO_BASE})


def town_book(town: Municipality, lang: str = "ja") -> bytes:
    """The town's own rows as a workbook that reads back the same; concepts and rows by name where that is safe."""
    named = _namers(town, lang)
    lines = {
        name: [_spoken(cells(row, declaration()[name]), declaration()[name], named) for row in rows if row.layer == ""]
        for name, rows in town.tables()
    }
    return _Book(lang, town.schemes, is_template=False).bytes(lines, town_cells(town.layer))


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


class _Book:
    """A workbook in the making."""

    def __init__(self, lang: str, schemes: Mapping[str, Scheme], is_template: bool) -> None:
        import xlsxwriter

        self.lang, self.schemes, self.is_template = lang, schemes, is_template
        self.words = {id: both[lang] for id, both in resources.words("workbook").items()}
        self.titles = {name: sheet_title(table.title(lang)) for name, table in declaration().items()}
        self.lists: dict[str, str] = {}
        self.buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.buffer, options)
        self.book.set_properties({"title": self.words["title"], "author": "hazama", "created": _LONG_AGO})
        self.book.formats[0].set_font_name(FONT)

    def format(self, **more: object) -> Any:
        plain = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top", "text_wrap": True}
        return self.book.add_format({**plain, **more})

    def heading(self, colour: str) -> Any:
        edge = {"border": 1, "border_color": "#FFFFFF", "font_color": "#FFFFFF"}
        return self.format(bold=True, bg_color=colour, valign="vcenter", **edge)

    def bytes(self, lines: Mapping[str, Lines], entries: Mapping[str, str]) -> bytes:
        """The workbook with these rows by table and these entries of ``town.toml``."""
        self.readme(self.book.add_worksheet(self.words["sheet_readme"]))
        self.town(self.book.add_worksheet(self.words["sheet_town"]), entries)
        pages = {name: self.book.add_worksheet(title) for name, title in self.titles.items()}
        self.drop_downs(self.book.add_worksheet(LISTS))
        for name, page in pages.items():
            self.table(page, declaration()[name], lines.get(name, ()))
        self.own_concepts()
        self.book.close()
        return self.buffer.getvalue()

    def readme(self, page: Any) -> None:
        """What this workbook is, how to fill it, and a link to every sheet."""
        page.hide_gridlines(2)
        for at, width in enumerate((3, 30, 78)):
            page.set_column(at, at, width)
        page.set_row(0, 30)
        page.write_string(0, 1, self.words["title"], self.format(bold=True, font_size=18, text_wrap=False))
        plain, soft, link = self.format(), self.format(font_color=HINT), self.format(font_color=REQUIRED, underline=1)
        steps, colours = self.words["steps"].split("|"), {"required": REQUIRED, "optional": OWN, "evidence": HINT}
        for row, text in enumerate(steps, start=2):
            page.merge_range(row, 1, row, 2, text, plain)
            page.set_row(row, 30)
        for row, (key, colour) in enumerate(colours.items(), start=3 + len(steps)):
            page.write_string(row, 1, self.words[key], self.heading(colour))
            page.write_string(row, 2, self.words[f"{key}_means"], plain)
        for row, (name, title) in enumerate(self.titles.items(), start=4 + len(steps) + len(colours)):
            page.write_url(row, 1, f"internal:'{title}'!A1", link, title)
            page.write_string(row, 2, declaration()[name].file, soft)
        _printed(page, 9)

    def rows(self, page: Any, titles: Iterable[str], lines: Iterable[Sequence[str]], formats: Sequence[Any]) -> None:
        """Headings that stay, and lines of text beneath them; the first format is that of the headings."""
        page.write_row(0, 0, titles, formats[0])
        for row, line in enumerate(lines, start=1):
            for at, text in enumerate(line):
                page.write_string(row, at, text, formats[min(at + 1, len(formats) - 1)])
        page.freeze_panes(1, 0)

    def town(self, page: Any, entries: Mapping[str, str]) -> None:
        """The sheet that stands for ``town.toml``."""
        labels = resources.words("tables")["town_keys"][self.lang].split(";")
        hints = self.words["town_hints"].split("|")
        text = self.format(num_format="@", locked=False, border=1, border_color="#C3CDD8", bg_color="#FFFDF3")
        lines = zip(labels, (entries.get(key, "") for key in KEYS), hints, strict=True)
        formats = [self.heading(REQUIRED), self.format(bold=True), text, self.format(font_color=HINT)]
        self.rows(page, [self.words[name] for name in ("key", "value", "hint")], lines, formats)
        for column, width in enumerate((18, 46, 60)):
            page.set_column(column, column, width)

    def drop_downs(self, page: Any) -> None:
        """The hidden words of the drop-downs."""
        schemes = {column.scheme for table in declaration().values() for column in table.columns if column.scheme}
        for at, name in enumerate(sorted(schemes & self.schemes.keys())):
            labels = [concept.label(self.lang) for concept in self.schemes[name].values()]
            page.write_column(0, at, labels)
            self.lists[name] = f"={LISTS}!{_down(at, 1, max(1, len(labels)))}"
        page.hide()

    def own_concepts(self) -> None:
        """The concepts that the town adds, a sheet a list."""
        titles = [column.title(self.lang) for column in concept_table().columns]
        for name, scheme in self.schemes.items():
            if own := [concept_cells(concept) for concept in scheme.values() if concept.layer == ""]:
                page = self.book.add_worksheet(f"concepts.{name}"[:31])
                lines = [list(texts.values()) for texts in own]
                self.rows(page, titles, lines, [self.heading(OWN), self.format(num_format="@")])
                page.set_column(0, len(titles) - 1, 22)

    def table(self, page: Any, table: Table, lines: Lines) -> None:
        """One table: headings that stay, hints, drop-downs, and its rows."""
        extra = list(dict.fromkeys(name for line in lines for name in line if table.column(name) is None))
        names = [*(column.name for column in table.columns), *extra]
        body = self.format(num_format="@", locked=False)
        shown = self.format(num_format="@", locked=False, italic=True, font_color=HINT) if self.is_template else body
        page.set_row(0, 34)
        for at, column in enumerate(table.columns):
            self.column(page, at, column, body)
        for at, name in enumerate(extra, start=len(table.columns)):
            page.write_string(0, at, name, self.heading(HINT))
            page.set_column(at, at, 20, body)
        for row, line in enumerate(lines, start=1):
            for at, name in enumerate(names):
                if text := line.get(name, ""):
                    page.write_string(row, at, "#" * (self.is_template and at == 0) + text, shown)
        page.freeze_panes(1, 2 if table.has_ids else 1)
        page.autofilter(0, 0, max(1, len(lines)), len(names) - 1)
        page.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(names) - 1)}{MOST_ROWS}"})
        _printed(page, 8)
        page.repeat_rows(0)
        if self.is_template:
            page.protect("", dict.fromkeys(_STAYS_OPEN, True))

    def column(self, page: Any, at: int, column: Column, body: Any) -> None:
        """The heading of a column, its width, and what a person sees who fills one of its cells."""
        colour = REQUIRED if column.required else HINT if column.name in HOUSEKEEPING else OWN
        page.write_string(0, at, column.title(self.lang), self.heading(colour))
        page.set_column(at, at, _WIDTHS.get(column.kind, 14), body)
        several = self.words["several"] if column.separator or column.kind in ("limit", "class") else ""
        hints = (column.about(self.lang), several, self.words["unset"] if column.dimension else "")
        hint = {"input_title": column.title(self.lang)[:32], "input_message": "\n".join(filter(None, hints))[:255]}
        source = self.choices(column)
        choice = {"validate": "list", "source": source} if source else {"validate": "any"}
        page.data_validation(1, at, MOST_ROWS, at, {**choice, **hint, "show_error": False})

    def choices(self, column: Column) -> str:
        """Where the words of a drop-down stand: a list of concepts, or the names in the sheet of another table."""
        if column.scheme:
            return self.lists.get(column.scheme, "")
        table = declaration().get(column.references[0]) if len(column.references) == 1 else None
        names = [entry.name for entry in table.columns] if table else []
        return (
            f"='{self.titles[table.name]}'!{_down(names.index('name'), 2, MOST_ROWS)}"
            if table and "name" in names
            else ""
        )


def _down(at: int, first: int, last: int) -> str:
    """The rows of one column as a formula names them, counted from 1."""
    return f"${xl_col_to_name(at)}${first}:${xl_col_to_name(at)}${last}"


def _printed(page: Any, paper: int) -> None:
    """Landscape, all columns on one page of that size (8: A3, 9: A4)."""
    page.set_landscape()
    page.set_paper(paper)
    page.fit_to_pages(1, 0)
