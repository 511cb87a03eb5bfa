"""What a figure's question works with: the town as it is asked about, the template, names, and what is found so far."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from hazama.figures.scene import Area, Box, Line, Paper, Sketch, Statement
from hazama.figures.templates import Template
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
    """One question put to one town; boxes, lines and rows of the table beside the figure gather in it."""

    town: Municipality
    whole: Municipality
    template: Template
    wishes: Wishes
    scope: Scope
    boxes: dict[str, Box] = field(default_factory=dict)
    lines: dict[Hashable, Line] = field(default_factory=dict)
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

    def links_by(self, option: str) -> list[tuple[Key, Link, Key]]:
        """Return the stated relations whose predicate the template names in an option."""
        return [found for found in self.links if found[1].predicate in self.template.strings(option)]

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

    def common(self, text: str, **values: object) -> str:
        """Return one of the words that all figures share (``ontology/words/figures.csv``)."""
        return words("figures")[text][self.wishes.lang].format(**values)

    def predicate(self, predicate: str) -> str:
        """Return the words for a relation: the template's own, else those of the list of predicates."""
        return self.say(predicate) or self.name("predicates", predicate)

    def status(self, row: Row, *columns: str) -> Status:
        """Return how far a row, and what these columns of it say, can be trusted."""
        if row.status is Status.STATED and any(column in row.inferred for column in columns):
            return Status.INFERRED
        return row.status

    def source(self, row: Row) -> str:
        """Return where a row is written and where its source says so."""
        titles = [self.name("sources", source) for source in row.source[:1]]
        return "・".join(part for part in (*titles, row.locator, place(row).label(self.wishes.lang)) if part)

    def box(self, item: Box) -> Box:
        """Add a box that is not there yet."""
        return self.boxes.setdefault(item.id, item)

    def item(self, key: Key, kind: str, area: str, mark: str = "", **more: Any) -> Box:
        """Add the box of a row or concept; a ``mark`` tells several boxes of one row apart."""
        return self.box(Box("/".join(key) + (f"@{mark}" if mark else ""), self.name(*key), kind, area, **more))

    def agency(self, agency: Agency, inside: str = "") -> Box:
        """Add the box of an agency; units of the office are square, everybody else is a pill."""
        self.used.append(agency)
        kind = "unit" if agency.zone == "inside" else "place"
        parent = f"bodies/{inside}" if inside else ""
        key = ("agencies", agency.id)
        return self.item(key, kind, agency.zone or UNPLACED, inside, parent=parent, status=agency.status)

    def programs(
        self,
        found: Sequence[Program],
        relation: tuple[str, str],
        end: Key,
        area: str,
        parent: str = "",
        badges: Callable[[Program], tuple[str, ...]] = lambda program: (),
    ) -> None:
        """Add the first programmes tied to something, then a box that counts the others.

        ``relation`` is the column that ties them and its predicate; the template's ``most`` says how many are first.
        All of them go to the table beside the figure.
        """
        column, predicate = relation
        most = self.template.number("most", 5)
        for place_, program in enumerate(found):
            key, status = ("programs", program.id), self.status(program, column)
            self.state(key, predicate, end, program, "nested" if place_ < most else "table", status)
            if place_ < most:
                self.item(key, "program", area, end[1], parent=parent, status=status, badges=badges(program))
        if len(found) > most:
            more = self.say("more", count=len(found) - most)
            self.box(Box(f"{parent or area}/more", more, "concept", area, parent))

    def state(self, one: Key, predicate: str, other: Key, row: Row, shown: str, status: Status | None = None) -> None:
        """Note a row of the table beside the figure."""
        self.used.append(row)
        ends = self.name(*one), self.predicate(predicate), self.name(*other)
        self.statements.append(Statement(*ends, status or row.status, self.source(row), shown))

    def line(
        self,
        one: Key,
        predicate: str,
        other: Key,
        row: Row,
        status: Status | None = None,
        ends: tuple[str, str] | None = None,
    ) -> None:
        """Note a relation and draw it as a branch of its source; ``ends`` are its boxes if not those of the rows."""
        self.state(one, predicate, other, row, "line", status)
        source, target = ends or ("/".join(one), "/".join(other))
        tie = Line(source, target, "", predicate, status or row.status, bundle=source)
        self.lines.setdefault(tie.id, tie)

    def area(self, zone: Area, scheme: str) -> Area:
        """Return a zone of the template with its title: the template's, else the name of the concept it stands for."""
        return replace(zone, title=self.say(f"zone/{zone.id}") or self.name(scheme, zone.id))

    def columns(self, *areas: str, ordered: Sequence[str] = ()) -> tuple[Area, ...]:
        """Return zones of one column side by side, as far as something stands in them."""
        used = {item.zone for item in self.boxes.values()}
        shown = enumerate(area for area in areas if area in used)
        return tuple(Area(area, self.say(area), at, columns=1, ordered=area in ordered) for at, area in shown)

    def _areas(self) -> tuple[Area, ...]:
        """Return the template's zones, and one for what has no zone, as far as something stands in them."""
        wanted = {item.zone for item in self.boxes.values()}
        areas = [self.area(zone, "zones") for zone in self.template.zones if zone.id in wanted]
        rest = sorted(wanted - {zone.id for zone in self.template.zones})
        last = max((area.column + area.span for area in areas), default=0)
        return (*areas, *(Area(area, self.say("unplaced"), last + at) for at, area in enumerate(rest)))

    def sketch(self, areas: Iterable[Area] | None = None) -> Sketch:
        """Return the sketch of what was found, with title, date, sources and licence; an empty one says so."""
        if not self.boxes:
            self.box(Box("empty", self.say("empty") or self.common("empty"), "gap", "empty"))
            areas = (Area("empty", "", 0),)
        lang, about = self.wishes.lang, self.wishes.about
        named = self.known.matches(about, TABLES) if about else []
        return Sketch(
            figure=self.template.figure,
            title=self.template.title.label(lang).format(about=self.name(*named[0]) if len(named) == 1 else ""),
            areas=self._areas() if areas is None else tuple(areas),
            boxes=tuple(self.boxes.values()),
            lines=tuple(self.lines.values()),
            subtitle=self._subtitle(),
            notes=self._notes(),
            words=tuple((kind, label.label(lang)) for kind, label in self.template.words),
            statements=tuple(self.statements),
            description=f"{self.template.description.label(lang)} "
            + self.common("counted", boxes=len(self.boxes), lines=len(self.lines)),
            lang=lang,
            paper=self.wishes.paper,
        )

    def _subtitle(self) -> str:
        """Return the town, the date, and which rows count."""
        layer, ja = self.town.layer, self.wishes.lang == "ja"
        day = self.common("as_of", date=self.scope.as_of.isoformat()) if self.scope.as_of else self.common("all_times")
        counted = self.common("with_inferred" if self.scope.include else "stated_only")
        return ("　" if ja else " · ").join((layer.name if ja else layer.name_en or layer.name, day, counted))

    def _notes(self) -> tuple[str, ...]:
        """Return the footer: sources, relations that are only in the table, licence."""
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


def _licence(address: str) -> str:
    """Return a Creative Commons address as people know it (CC BY 4.0); anything else as it is."""
    found = re.fullmatch(r"https?://creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/([0-9.]+)/?.*", address)
    if not found:
        return address
    return "CC0 1.0" if found[1] == "zero" else f"CC {found[1].upper()} {found[2]}"
