"""What a figure's question works with: the town as it is asked about, the template, names and statuses."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from hazama.figures.places import chart
from hazama.figures.scene import Matrix, Paper, Rect, Statement
from hazama.figures.sketch import Area, Item, Sketch, Tie
from hazama.figures.templates import Template, TemplateZone
from hazama.knowledge.labels import Directory, Key, directory, place
from hazama.model.records import Agency, Link, Program, Row, Status
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.resources import words

TABLES = ("bodies", "agencies", "programs", "themes", "provisions", "laws", "challenges", "districts", "sources")
UNPLACED = "unplaced"
MOST_SOURCES = 3


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a figure is wanted: language, sheet, what of the town counts, and whether gaps are drawn in it.

    Without a scope the town's own date counts and only what is stated.
    """

    lang: str = "ja"
    paper: Paper = Paper.A4
    scope: Scope | None = None
    gaps: bool = False
    about: str = ""


@dataclass
class Asked:
    """One question put to one town."""

    town: Municipality
    whole: Municipality
    template: Template
    wishes: Wishes
    scope: Scope
    statements: list[Statement] = field(default_factory=list)
    used: list[Row] = field(default_factory=list)

    @cached_property
    def known(self) -> Directory:
        """Names of every row and concept, also of those that are no longer or not yet in force."""
        return directory(self.whole)

    @cached_property
    def links(self) -> tuple[tuple[Key, Link, Key], ...]:
        """Return the stated relations whose two ends are known, in the order of the table."""
        ends = ((self.key(link.subject), link, self.key(link.object)) for link in self.town.links)
        return tuple((one, link, other) for one, link, other in ends if one and other)

    def key(self, reference: str) -> Key | None:
        """Return table and id of ``id`` or ``table/id``; None if the town does not hold it."""
        table, slash, row_id = reference.partition("/")
        if slash:
            return (table, row_id) if (table, row_id) in self.known.entries else None
        return next(((table, reference) for table in TABLES if (table, reference) in self.known.entries), None)

    def name(self, table: str, row_id: str) -> str:
        """Return what something is called in the language asked for."""
        return self.known.label(table, row_id).label(self.wishes.lang)

    def say(self, text: str, **values: object) -> str:
        """Return one of the template's texts with its places filled."""
        label = self.template.texts.get(text)
        return label.label(self.wishes.lang).format(**values) if label else ""

    def status(self, row: Row, *columns: str) -> Status:
        """Return how far a row, and what these columns of it say, can be trusted."""
        if row.status is Status.STATED and any(column in row.inferred for column in columns):
            return Status.INFERRED
        return row.status

    def item(self, key: Key, kind: str, area: str, mark: str = "", **more: Any) -> Item:
        """Return the box of a row or concept; a ``mark`` tells several boxes of one row apart."""
        return Item("/".join(key) + (f"@{mark}" if mark else ""), self.name(*key), kind, area, **more)

    def agency(self, agency: Agency, inside: str = "") -> Item:
        """Return the box of an agency; units of the office are square, everybody else is a pill."""
        self.used.append(agency)
        kind = "unit" if agency.zone == "inside" else "place"
        parent = f"bodies/{inside}" if inside else ""
        key = ("agencies", agency.id)
        return self.item(key, kind, agency.zone or UNPLACED, inside, parent=parent, status=agency.status)

    def programs(
        self, found: Sequence[Program], relation: tuple[str, str], end: Key, area: str, parent: str = ""
    ) -> Iterator[tuple[Program | None, Item]]:
        """Yield the first programmes tied to something with their boxes, then a box that counts the others.

        ``relation`` is the column that ties them and its predicate; the template's ``most`` says how many are first.
        All of them go to the table beside the figure.
        """
        column, predicate = relation
        most = self.template.number("most", 5)
        for place_, program in enumerate(found):
            key, status = ("programs", program.id), self.status(program, column)
            self.state(key, predicate, end, program, "nested" if place_ < most else "table", status)
            if place_ < most:
                yield program, self.item(key, "program", area, end[1], parent=parent, status=status)
        if len(found) > most:
            more = self.say("more", count=len(found) - most)
            yield None, Item(f"{parent or area}/more", more, "concept", area, parent)

    def state(self, one: Key, predicate: str, other: Key, row: Row, shown: str, status: Status | None = None) -> None:
        """Note a row of the table beside the figure."""
        self.used.append(row)
        self.statements.append(
            Statement(
                subject=self.name(*one),
                predicate=self.predicate(predicate),
                object=self.name(*other),
                status=status or row.status,
                source=self.source(row),
                shown=shown,
            )
        )

    def predicate(self, predicate: str) -> str:
        """Return the words for a relation: the template's own, else those of the list of predicates."""
        return self.say(predicate) or self.name("predicates", predicate)

    def source(self, row: Row) -> str:
        """Return where a row is written and where its source says so."""
        titles = [self.name("sources", source) for source in row.source[:1]]
        return "・".join(part for part in (*titles, row.locator, place(row).label(self.wishes.lang)) if part)

    def area(self, zone: TemplateZone, title: str) -> Area:
        """Return a zone of the template under a title."""
        return Area(zone.id, title, zone.column, zone.row, zone.span, zone.columns)

    def title(self, zone: TemplateZone, scheme: str) -> str:
        """Return what the template calls a zone, else the name of the concept that it stands for."""
        return zone.title.label(self.wishes.lang) if zone.title else self.name(scheme, zone.id)

    def areas(self, items: Iterable[Item]) -> tuple[Area, ...]:
        """Return the template's zones, and one for what has no zone, as far as something stands in them."""
        wanted = {item.area for item in items}
        areas = [self.area(zone, self.title(zone, "zones")) for zone in self.template.zones if zone.id in wanted]
        rest = sorted(wanted - {zone.id for zone in self.template.zones})
        last = max((area.column + area.span for area in areas), default=0)
        areas += [Area(area, self.say("unplaced"), last + place_) for place_, area in enumerate(rest)]
        return tuple(areas)

    def sketch(
        self, items: tuple[Item, ...], ties: tuple[Tie, ...] = (), areas: tuple[Area, ...] | None = None
    ) -> Sketch:
        """Return the sketch of what was found, with title, date, sources and licence; an empty one says so."""
        if not items:
            items = (Item("empty", self.say("empty") or self.common("empty"), "gap", "empty"),)
            areas, ties = (Area("empty", "", 0),), ()
        title = self.template.title.label(self.wishes.lang)
        return Sketch(
            figure=self.template.figure,
            title=title.format(about=self.about_name),
            areas=self.areas(items) if areas is None else areas,
            items=items,
            ties=ties,
            subtitle=self.subtitle,
            notes=self.notes,
            words=tuple((kind, label.label(self.wishes.lang)) for kind, label in self.template.words),
            statements=tuple(self.statements),
            description=self.described(len(items), len(ties)),
            lang=self.wishes.lang,
            paper=self.wishes.paper,
        )

    def chart(self, places: dict[Item, Rect], matrix: Matrix | None = None) -> Sketch:
        """Return the sketch of a chart or table that says itself where everything stands."""
        return replace(self.sketch(tuple(places), areas=()), places=chart(places), matrix=matrix)

    @property
    def about_name(self) -> str:
        """Return the name of what the figure is about, where it is about one thing."""
        found = self.known.matches(self.wishes.about, TABLES) if self.wishes.about else []
        return self.name(*found[0]) if len(found) == 1 else ""

    @property
    def subtitle(self) -> str:
        """The town, the date, and which rows count."""
        layer = self.town.layer
        town = layer.name_en if self.wishes.lang == "en" and layer.name_en else layer.name
        day = self.common("as_of", date=self.scope.as_of.isoformat()) if self.scope.as_of else self.common("all_times")
        counted = self.common("with_inferred" if self.scope.include else "stated_only")
        return "　".join((town, day, counted)) if self.wishes.lang == "ja" else " · ".join((town, day, counted))

    @property
    def notes(self) -> tuple[str, ...]:
        """The footer: sources, relations that are only in the table, licence."""
        notes = [self._sources()] if self.used else []
        hidden = sum(statement.shown == "table" for statement in self.statements)
        if hidden:
            notes.append(self.common("only_in_table", count=hidden))
        licence = _licence(self.town.layer.licence)
        return (*notes, self.common("made", licence=licence) if licence else self.common("made_without_licence"))

    def _sources(self) -> str:
        counted = Counter(source for row in self.used for source in row.source)
        titles = [self.name("sources", source) for source, _ in counted.most_common()]
        titles.sort(key=lambda title: title.startswith("http"))
        more = self.common("more_sources", count=len(titles) - MOST_SOURCES) if len(titles) > MOST_SOURCES else ""
        return self.common("sources", titles="、".join(titles[:MOST_SOURCES])) + more if titles else ""

    def described(self, boxes: int, lines: int) -> str:
        """Return what a screen reader says of the whole figure."""
        return f"{self.template.description.label(self.wishes.lang)} {self.common('counted', boxes=boxes, lines=lines)}"

    def common(self, text: str, **values: object) -> str:
        """Return one of the words that all figures share (``ontology/words/figures.csv``)."""
        return words("figures")[text][self.wishes.lang].format(**values)


def _licence(address: str) -> str:
    """Return a Creative Commons address as people know it (CC BY 4.0); anything else as it is."""
    found = re.fullmatch(r"https?://creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/([0-9.]+)/?.*", address)
    if not found:
        return address
    return "CC0 1.0" if found[1] == "zero" else f"CC {found[1].upper()} {found[2]}"
