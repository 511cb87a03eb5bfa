"""The page of one row or concept: what it says, who speaks of it, where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hazama.model.cells import NO_LIMIT
from hazama.model.concepts import Concept
from hazama.model.records import Program, Row
from hazama.site.desk import Desk
from hazama.site.grid import Grid
from hazama.site.ground import CLASSES, ENTITIES, Key
from hazama.site.lacks import Lacks
from hazama.site.mentions import MentionGroup, mention_groups
from hazama.site.pages.cells import CellSection, cell_sections
from hazama.site.pages.findings import FindingEntry, need_findings
from hazama.site.values import NOTHING, Badge, Evidence, Fact, Link, Page, Text
from hazama.tables.columns import declaration


@dataclass(frozen=True, slots=True)
class LimitBox:
    """One eligibility box: the limits that are recorded and the names of those that are not."""

    facts: tuple[Fact, ...]
    unrecorded: tuple[str, ...]
    evidence: Evidence | None
    """Of a further box; the programme's own box stands on the programme's row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of one row or concept."""

    id: str
    title: Text
    badges: tuple[Badge, ...] = ()
    facts: tuple[Fact, ...] = ()
    unrecorded: tuple[str, ...] = ()
    """Headings of the cells that are blank."""
    boxes: tuple[LimitBox, ...] = ()
    groups: tuple[MentionGroup, ...] = ()
    evidence: Evidence | None = None
    """None for a concept, which stands in no table of the town."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage(Page):
    """A programme, agency, body, law with its provisions, theme, challenge, district or need."""

    record: Record
    other_name: Text = NOTHING
    """Its Japanese name under an English heading."""
    reading: str = ""
    axis: str = ""
    """``themes`` or ``needs``, for a page that stands for a row of the matrix."""
    sections: tuple[CellSection, ...] = ()
    """Of a theme or need: the programmes behind the numbers of its row of the matrix."""
    findings: tuple[FindingEntry, ...] = ()
    """Of a need: whom nothing reaches, and what only one programme or the general counter takes."""
    parts: tuple[Record, ...] = ()
    """Of a law: its provisions."""


def entity_pages(desk: Desk, grids: Mapping[str, Grid], found: Lacks) -> Iterator[EntityPage]:
    """A page for every row of the tables of :data:`~hazama.site.ground.ENTITIES` and every paged concept."""
    lacking = need_findings(desk, found)
    for table, id in desk.ground.pages:
        if table in CLASSES:
            yield concept_page(desk, desk.ground.whole.schemes[table][id], grids, tuple(lacking.get(id, ())))
        elif table in ENTITIES and table != "provisions":
            yield row_page(desk, (table, id), grids)


def row_page(desk: Desk, key: Key, grids: Mapping[str, Grid]) -> EntityPage:
    """The page of a row; cells that are inferred stand there with their badge and count nowhere."""
    table, id = key
    row = desk.ground.rows[key]
    return EntityPage(
        address=desk.ground.pages[key],
        title=desk.names.full(key),
        section=f"{table}.html",
        lead=desk.words(f"page_{table}_lead"),
        trail=(Link(Text(desk.table_title(table), desk.lang), f"{table}.html"),),
        record=record(desk, key),
        other_name=desk.names.other(row),
        reading=getattr(row, "reading", ""),
        axis=table if table in grids else "",
        sections=tuple(cell_sections(desk, grids[table], id)) if table in grids else (),
        parts=tuple(_provisions(desk, id)) if table == "laws" else (),
    )


def concept_page(
    desk: Desk, concept: Concept, grids: Mapping[str, Grid], lacking: tuple[FindingEntry, ...]
) -> EntityPage:
    """The page of a need, with what is *lacking* for it."""
    key = (concept.scheme, concept.id)
    facts = tuple(_concept_facts(desk, concept))
    return EntityPage(
        address=desk.ground.pages[key],
        title=desk.names.of(key),
        section="matrix-needs.html",
        lead=desk.words(f"page_{concept.scheme}_lead"),
        trail=(Link(Text(desk.table_title(concept.scheme), desk.lang), f"words.html#list-{concept.scheme}"),),
        record=Record(id=concept.id, title=desk.names.of(key), facts=facts, groups=mention_groups(desk, key)),
        other_name=Text(concept.ja) if desk.lang == "en" and concept.en else NOTHING,
        reading=concept.reading,
        axis=concept.scheme,
        sections=tuple(cell_sections(desk, grids[concept.scheme], concept.id)),
        findings=lacking,
    )


def record(desk: Desk, key: Key) -> Record:
    """What is known of a row."""
    table, id = key
    row = desk.ground.rows[key]
    facts = list(desk.cells.facts(table, row))
    return Record(
        id=id,
        title=desk.names.of(key),
        badges=desk.badges(row),
        facts=tuple(fact for fact in facts if fact.state != "not_recorded"),
        unrecorded=tuple(fact.label for fact in facts if fact.state == "not_recorded"),
        boxes=tuple(_boxes(desk, row)) if isinstance(row, Program) else (),
        groups=mention_groups(desk, key),
        evidence=desk.cells.evidence(row),
    )


def _provisions(desk: Desk, law: str) -> Iterator[Record]:
    for row in desk.ground.whole.provisions:
        if row.law == law:
            yield record(desk, ("provisions", row.id))


def _concept_facts(desk: Desk, concept: Concept) -> Iterator[Fact]:
    definition = desk.names.chosen(concept.definition_ja, concept.definition_en)
    if definition:
        yield Fact(desk.words("column_definition"), (Link(definition),))
    if concept.alt:
        yield Fact(desk.words("column_alt"), tuple(Link(Text(alt)) for alt in concept.alt))
    if concept.broader:
        yield Fact(desk.words("column_broader"), (desk.link((concept.scheme, concept.broader)),))


def _boxes(desk: Desk, program: Program) -> Iterator[LimitBox]:
    further = [
        mention.row
        for mention in desk.ground.mentions.get(("programs", program.id), ())
        if mention.table == "eligibility" and mention.column == "program"
    ]
    own = _box(desk, "programs", program, None)
    if own.facts or not further:
        yield own
    for row in further:
        yield _box(desk, "eligibility", row, desk.cells.evidence(row))


def _box(desk: Desk, table: str, row: Row, evidence: Evidence | None) -> LimitBox:
    facts = [*_limit_facts(desk, table, row)]
    known = tuple(fact for fact in facts if fact.state != "not_recorded")
    return LimitBox(known, tuple(fact.label for fact in facts if fact.state == "not_recorded"), evidence)


def _limit_facts(desk: Desk, table: str, row: Row) -> Iterator[Fact]:
    yield _age_fact(desk, row)
    for column in declaration()[table].columns:
        if column.kind == "limit":
            yield desk.cells.fact(table, row, column)
    for name in ("other_limits", "provision"):
        fact = desk.cells.fact(table, row, desk.column(table, name))
        if fact.state == "value":
            yield fact


def _age_fact(desk: Desk, row: Row) -> Fact:
    ages = getattr(row, "limits", {}).get("age")
    label = desk.words("column_age")
    if ages is None or not ages.is_recorded:
        return Fact(label, (), "not_recorded")
    inferred = any(column in row.inferred for column in ("min_age", "max_age", "age"))
    badges = (desk.cells.inferred(row),) if inferred else ()
    free = ages.least is NO_LIMIT and ages.most is NO_LIMIT
    return Fact(label, (Link(desk.cells.ages(ages)),), "no_limit" if free else "value", badges)
