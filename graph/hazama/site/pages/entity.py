"""The page of one row or concept: what it says, who speaks of it, where it stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from hazama.model.cells import NO_LIMIT
from hazama.model.concepts import Concept
from hazama.model.records import Law, Program, Provision, Row
from hazama.site.cells import marked_once
from hazama.site.desk import Desk
from hazama.site.grid import Grid
from hazama.site.ground import CLASSES, ENTITIES, Key
from hazama.site.lacks import Lacks
from hazama.site.mentions import MentionGroup, mention_groups, uncounted_everywhere
from hazama.site.pages.cells import CellSection, cell_sections
from hazama.site.pages.findings import FindingEntry, need_findings
from hazama.site.values import NOTHING, Badge, Fact, Link, Page, Text
from hazama.tables.columns import Column, declaration

_PROVISION = ("summary", "modality", "bearer", "field", "functions")
"""The columns of a provision on the page of its law."""


@dataclass(frozen=True, slots=True)
class LimitBox:
    """One eligibility box: the limits that are recorded and the names of those that are not."""

    facts: tuple[Fact, ...]
    unrecorded: tuple[str, ...]
    row: Row | None
    """Of a further box; the programme's own box stands on the programme's row."""


@dataclass(frozen=True, slots=True)
class Part:
    """A provision on the page of its law."""

    row: Provision
    title: Text
    """Its article, without the law that the page is about."""
    badges: tuple[Badge, ...]
    facts: tuple[Fact, ...]
    """The cells of :data:`_PROVISION`."""
    more: tuple[Fact, ...]
    groups: tuple[MentionGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage(Page):
    """A programme, agency, body, law with its provisions, theme, challenge, district or need."""

    template: str = "entity.html"
    id: str
    badges: tuple[Badge, ...] = ()
    facts: tuple[Fact, ...]
    unrecorded: tuple[str, ...] = ()
    """Headings of the cells that are blank."""
    boxes: tuple[LimitBox, ...] = ()
    groups: tuple[MentionGroup, ...]
    row: Row | None = None
    """None for a concept, which stands in no table of the town."""
    other_name: Text = NOTHING
    """Its Japanese name under an English heading."""
    reading: str = ""
    axis: str = ""
    """``themes`` or ``needs``, for a page that stands for a row of the matrix."""
    sections: tuple[CellSection, ...] = ()
    """Of a theme or need: the programmes behind the numbers of its row of the matrix."""
    rest: bool = False
    """Of a need: whether some programme for every need is counted nowhere, and stands in its own list alone."""
    findings: tuple[FindingEntry, ...] = ()
    """Of a need: whom nothing reaches, and what only one programme or the general counter takes."""
    headings: tuple[str, ...] = ()
    """Of a law: what is said of each provision."""
    parts: tuple[Part, ...] = ()
    """Of a law: its provisions."""


def entity_pages(desk: Desk, grids: Mapping[str, Grid], found: Lacks) -> Iterator[EntityPage]:
    """A page for every row of the tables of :data:`~hazama.site.ground.ENTITIES` and every paged concept."""
    lacking = need_findings(desk, found)
    for key in desk.ground.pages:
        if key[0] in (*ENTITIES, *CLASSES) and key[0] != "provisions":
            yield entity_page(desk, key, grids, tuple(lacking.get(key[1], ())) if key[0] in CLASSES else ())


def entity_page(desk: Desk, key: Key, grids: Mapping[str, Grid], lacking: tuple[FindingEntry, ...]) -> EntityPage:
    """The page of a row, or of a need with what is *lacking* for it.

    Cells that are inferred stand there with their badge and count nowhere.
    """
    table, id = key
    row, concept = desk.ground.rows.get(key), desk.ground.whole.schemes.get(table, {}).get(id)
    facts, unrecorded = _parted(desk.facts(table, row) if row else _concept_facts(desk, concept) if concept else ())
    headings, parts = _provisions(desk, row) if isinstance(row, Law) else ((), ())
    return EntityPage(
        address=desk.ground.pages[key],
        title=desk.names.full(key),
        lead=desk.words(f"page_{table}_lead"),
        trail=(Link(Text(desk.table_title(table), desk.lang), f"{table}.html" if row else f"words.html#list-{table}"),),
        id=id,
        badges=desk.badges(row) if row else (),
        facts=facts,
        unrecorded=unrecorded,
        boxes=tuple(_boxes(desk, row)) if isinstance(row, Program) else (),
        groups=mention_groups(desk, key),
        row=row,
        other_name=desk.names.other(key),
        reading=getattr(row or concept, "reading", ""),
        axis=table if table in grids else "",
        sections=tuple(cell_sections(desk, grids[table], id)) if table in grids else (),
        rest=table in CLASSES and uncounted_everywhere(desk, table),
        findings=lacking,
        headings=headings,
        parts=parts,
    )


def _parted(facts: Iterable[Fact]) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """What is recorded, and the headings of what is not."""
    every = list(facts)
    known = tuple(fact for fact in every if fact.state != "not_recorded")
    return known, tuple(fact.label for fact in every if fact.state == "not_recorded")


def _provisions(desk: Desk, law: Law) -> tuple[tuple[str, ...], tuple[Part, ...]]:
    columns = [desk.column("provisions", name) for name in _PROVISION]
    rows = [_part(desk, law, row, columns) for row in desk.ground.whole.provisions if row.law == law.id]
    return marked_once(map(desk.heading, columns), rows)


def _part(desk: Desk, law: Law, row: Provision, columns: list[Column]) -> Part:
    key = ("provisions", row.id)
    called = desk.names.of(key)
    name = next((name for name in (law.name_en, law.name, law.short) if name and called.text.startswith(name)), "")
    facts = {column.name: desk.fact("provisions", row, column) for column in columns}
    if row.modality_text not in ("", *(item.text.text for item in facts["modality"].items)):
        said = (*facts["modality"].items, Link(Text(row.modality_text)))
        facts["modality"] = replace(facts["modality"], items=said, state="value")
    told = {desk.heading(desk.column("provisions", name)) for name in (*_PROVISION, "heading", "modality_text")}
    return Part(
        row,
        replace(called, text=called.text.removeprefix(name).strip() or called.text),
        tuple(_apart(desk.badges(row), law)),
        tuple(facts.values()),
        tuple(fact for fact in desk.facts("provisions", row) if fact.label not in told),
        tuple(
            replace(group, told=tuple(replace(one, badges=tuple(_apart(one.badges, law))) for one in group.told))
            for group in mention_groups(desk, key)
        ),
    )


def _apart(badges: tuple[Badge, ...], law: Law) -> Iterator[Badge]:
    """The badges that tell something apart on the page of a law of that layer."""
    return (badge for badge in badges if badge.kind != "layer" or not law.layer)


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
        yield _box(desk, "eligibility", row, row)


def _box(desk: Desk, table: str, row: Row, further: Row | None) -> LimitBox:
    return LimitBox(*_parted(_limit_facts(desk, table, row)), further)


def _limit_facts(desk: Desk, table: str, row: Row) -> Iterator[Fact]:
    yield _age_fact(desk, row)
    for column in declaration()[table].columns:
        if column.kind == "limit":
            yield desk.fact(table, row, column)
    for name in ("other_limits", "provision"):
        fact = desk.fact(table, row, desk.column(table, name))
        if fact.state == "value":
            yield fact


def _age_fact(desk: Desk, row: Row) -> Fact:
    ages = getattr(row, "limits", {}).get("age")
    label = desk.words("column_age")
    if ages is None or not ages.is_recorded:
        return Fact(label, (), "not_recorded")
    inferred = any(column in row.inferred for column in ("min_age", "max_age", "age"))
    badges = (desk.inferred(row),) if inferred else ()
    free = ages.least is NO_LIMIT and ages.most is NO_LIMIT
    return Fact(label, (Link(desk.ages(ages)),), "no_limit" if free else "value", badges)
