"""The cells of a row as facts, in the three states, with what is inferred and what is an editor's classification."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any, Literal, TypeVar

from hazama.knowledge.limits import age_words
from hazama.model.cells import AgeRange
from hazama.model.dates import Day
from hazama.model.records import Row, Status
from hazama.site.ground import ALL, Ground, Key, target, values
from hazama.site.names import Names
from hazama.site.values import Badge, Fact, Link, Text
from hazama.site.words import Words
from hazama.tables.columns import Column, declaration

_ELSEWHERE = frozenset(
    {"id", "name", "reading", "article", "paragraph", "item", "subitem", "element", "hash", "law", "no", "statement"}
    | {"status", "reason", "inferred", "classified", "source", "locator", "since", "until", "other_limits", "provision"}
)
"""Columns that a page shows in its heading, its boxes or its evidence."""
_OPTIONAL = frozenset(
    {"alt", "short", "next_change", "parent", "succeeds", "basis_text", "implements", "modality_text", "cites"}
    | {"url", "note", "egov_id", "heading", "checked"}
)
"""Columns whose blank says nothing worth a line."""

Laid = TypeVar("Laid", bound=Any)
"""A row of a table with a fact for each of its columns."""


class Cells:
    """Facts of rows in the language of a page."""

    def __init__(self, ground: Ground, words: Words) -> None:
        self.ground = ground
        self.words = words
        self.names = Names(ground, words.lang)

    def facts(self, table: str, row: Row) -> Iterator[Fact]:
        """Every cell that a reader may want, in the order of the declaration, then time, notes and own columns."""
        for column in declaration()[table].columns:
            if not (column.name in _ELSEWHERE or column.name.endswith("_en") or column.dimension):
                fact = self.fact(table, row, column)
                if fact.state != "not_recorded" or column.name not in _OPTIONAL:
                    yield fact
        if row.since or row.until:
            yield Fact(self.words("column_period"), (Link(Text(self.period(row), self.words.lang)),))
        for name, text in row.extra.items():
            if text:
                yield Fact(name, (Link(Text(text)),))

    def fact(self, table: str, row: Row, column: Column) -> Fact:
        """One cell."""
        badges = tuple(self._cell_badges(row, column.name))
        items = self.items(row, column)
        if items == (self.everything(),):
            return Fact(self.heading(column), items, "no_limit", badges)
        return Fact(self.heading(column), items, "value" if items else "not_recorded", badges if items else ())

    def heading(self, column: Column) -> str:
        """The heading of a column: the site's own word, or the title in the declaration."""
        own = f"column_{column.name}"
        return self.words(own) if own in self.words else column.title(self.words.lang)

    def items(self, row: Row, column: Column) -> tuple[Link, ...]:
        """What a cell holds, each value with its page where it has one."""
        if column.references or column.scheme:
            return tuple(self._named(column, id) for id in values(row, column))
        value = getattr(row, column.name, None)
        if value in (None, "", ()):
            return ()
        return tuple(self._plain(column, row, each) for each in (value if isinstance(value, tuple) else (value,)))

    def everything(self) -> Link:
        """What stands for すべて or 制限なし."""
        return Link(Text(self.words("no_limit"), self.words.lang))

    def link(self, key: Key) -> Link:
        """A row or concept by name, leading to its page."""
        return Link(self.names.of(key), self.ground.pages.get(key, ""))

    def day(self, day: Day | date | None) -> str:
        """A day as the language writes it; empty for None."""
        if day is None:
            return ""
        parts = str(day).split("-")
        names = ("year", "month", "day")[: len(parts)]
        said = dict(zip(names, (int(part) for part in parts), strict=True))
        if self.words.lang == "en":
            return str(day)
        return self.words(f"date_{names[-1]}", **said)

    def period(self, row: Row) -> str:
        """Since when and until when."""
        both = {"since": self.day(row.since), "until": self.day(row.until)}
        kind = "between" if row.since and row.until else "since" if row.since else "until"
        return self.words(f"period_{kind}", **both)

    def ages(self, ages: AgeRange) -> Text:
        """An age range in words, each end in its own state."""
        return self.names.text(age_words(ages))

    def row_name(self, row: Row) -> str:
        """The file and the row as a spreadsheet counts it; the sheet of a workbook too."""
        return self.words("row", file=file_name(row), row=row.origin.row)

    def source(self, id: str) -> Link:
        """A source by its id, or an address written in its place."""
        source = self.ground.rows.get(("sources", id))
        if source is None:
            return Link(Text(id), web=web_address(id))
        web = web_address(getattr(source, "address", ""))
        return Link(self.names.of(("sources", id)), page="" if web else f"sources.html#{id}", web=web)

    def reference(self, id: str) -> Link:
        """The number of a source, leading to its entry on the page of sources; for tables with many rows."""
        anchor, n = self.ground.sources[id]
        return Link(Text(f"[{n}]", self.words.lang), f"sources.html#{anchor}")

    def badges(self, row: Row) -> tuple[Badge, ...]:
        """How far to trust a row: inferred, unverified, not in force on the date, from the layer of national law."""
        found, as_of = list(self.status_badges(row.status, reason(row))), self.ground.scope.as_of
        if as_of and not row.in_force(as_of):
            ended = row.until is not None and row.until.last < as_of
            found.append(Badge("out", self.words("ended" if ended else "not_begun"), self.period(row)))
        return (*found, Badge("layer", self.words("layer_badge"))) if row.layer else tuple(found)

    def status_badges(self, status: Status, reason: str = "") -> tuple[Badge, ...]:
        """The badge of an evidence status; none for what is stated."""
        if status is Status.STATED:
            return ()
        kind: Literal["inferred", "unverified"] = "inferred" if status is Status.INFERRED else "unverified"
        return (Badge(kind, self.words(kind), reason),)

    def inferred(self, row: Row) -> Badge:
        """The badge of an inferred cell."""
        return Badge("inferred", self.words("inferred"), reason(row))

    def _cell_badges(self, row: Row, column: str) -> Iterator[Badge]:
        if column in row.inferred:
            yield self.inferred(row)
        if column in row.classified:
            yield Badge("classified", self.words("classified"))

    def _named(self, column: Column, id: str) -> Link:
        if id == ALL:
            return self.everything()
        key = target(self.ground.rows, self.ground.whole.schemes, column, id)
        return self.link(key) if key else Link(Text(id))

    def _plain(self, column: Column, row: Row, value: object) -> Link:
        if isinstance(value, Day):
            return Link(Text(self.day(value), self.words.lang))
        english = getattr(row, f"{column.name}_en", "")
        if column.kind == "url":
            return Link(Text(str(value)), web=web_address(str(value)))
        return Link(self.names.chosen(str(value), english))


def marked_once(headings: Iterable[str], rows: Sequence[Laid]) -> tuple[tuple[str, ...], tuple[Laid, ...]]:
    """The headings and rows of a table, with ※ in the heading where an editor classified the whole column."""
    whole = [
        any(map(_is_classified, column)) and all(_is_classified(fact) or not fact.items for fact in column)
        for column in zip(*(row.facts for row in rows), strict=True)
    ]
    said = zip_longest(headings, whole, fillvalue=False)
    return tuple(f"{heading}※" if once else str(heading) for heading, once in said), tuple(
        replace(row, facts=tuple(map(_unmarked, row.facts, whole))) for row in rows
    )


def _is_classified(fact: Fact) -> bool:
    return any(badge.kind == "classified" for badge in fact.badges)


def _unmarked(fact: Fact, once: bool) -> Fact:
    return replace(fact, badges=tuple(one for one in fact.badges if one.kind != "classified")) if once else fact


def file_name(row: Row) -> str:
    """The file of a row with its layer, and the sheet of a workbook."""
    file = f"{row.layer}/{row.origin.file}" if row.layer else row.origin.file
    return f"{file} [{row.origin.sheet}]" if row.origin.sheet else file


def reason(row: Row) -> str:
    """Why a row is inferred, where no page of its own says it."""
    return "" if hasattr(row, "id") else row.reason


def web_address(text: str) -> str:
    """The text itself where it is an http or https address, else nothing."""
    return text if text.startswith(("http://", "https://")) and len(text.split()) == 1 else ""
