"""The page of one row or concept: what it says, who speaks of it, where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.model.cells import NO_LIMIT
from hazama.model.concepts import Concept
from hazama.model.records import Eligibility, Program, Provision, Row
from hazama.site.desk import Desk
from hazama.site.ground import CLASSES, ENTITIES, Key
from hazama.site.mentions import MentionGroup, mention_groups
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
class EntityPage(Page):
    """A programme, agency, body, law, provision, theme, challenge, district, need, function or field."""

    kind: str
    other_name: Text = NOTHING
    """Its Japanese name under an English heading."""
    reading: str = ""
    badges: tuple[Badge, ...] = ()
    facts: tuple[Fact, ...] = ()
    boxes: tuple[LimitBox, ...] = ()
    groups: tuple[MentionGroup, ...] = ()
    evidence: Evidence | None = None
    """None for a concept, which stands in no table of the town."""
    id: str
    matrix: str = ""
    """The page of its row of the matrix, for a theme or a need."""


def entity_pages(desk: Desk) -> Iterator[EntityPage]:
    """A page for every row of the tables of :data:`~hazama.site.ground.ENTITIES` and every paged concept."""
    for table, id in desk.ground.pages:
        if table in ENTITIES:
            yield row_page(desk, (table, id), desk.ground.rows[table, id])
        else:
            yield concept_page(desk, desk.ground.whole.schemes[table][id])


def row_page(desk: Desk, key: Key, row: Row) -> EntityPage:
    """The page of a row; cells that are inferred stand there with their badge and count nowhere."""
    table, id = key
    return EntityPage(
        address=desk.ground.pages[key],
        title=desk.names.of(key),
        section=section_of(table),
        trail=tuple(_trail(desk, table, row)),
        kind=desk.table_title(table),
        other_name=desk.names.other(row),
        reading=getattr(row, "reading", ""),
        badges=desk.badges(row),
        facts=tuple(desk.cells.facts(table, row)),
        boxes=tuple(_boxes(desk, row)) if isinstance(row, Program) else (),
        groups=mention_groups(desk, key),
        evidence=desk.cells.evidence(row),
        id=id,
        matrix=f"matrix/{desk.ground.pages[key].removeprefix('themes/')}" if table == "themes" else "",
    )


def concept_page(desk: Desk, concept: Concept) -> EntityPage:
    """The page of a need, a function or a field."""
    key = (concept.scheme, concept.id)
    english = desk.lang == "en" and concept.en
    return EntityPage(
        address=desk.ground.pages[key],
        title=desk.names.of(key),
        section="words.html",
        trail=(Link(desk.said("nav_words"), "words.html"),),
        kind=desk.table_title(concept.scheme),
        other_name=Text(concept.ja) if english else NOTHING,
        reading=concept.reading,
        facts=tuple(_concept_facts(desk, concept)),
        groups=mention_groups(desk, key),
        id=concept.id,
        matrix=f"matrix/need-{desk.ground.pages[key].removeprefix('needs/')}" if concept.scheme == "needs" else "",
    )


def section_of(table: str) -> str:
    """The entry of the menu under which a row's page stands."""
    if table in CLASSES:
        return "words.html"
    return "laws.html" if table == "provisions" else f"{table}.html"


def _trail(desk: Desk, table: str, row: Row) -> Iterator[Link]:
    listed = "laws" if table == "provisions" else table
    yield Link(Text(desk.table_title(listed), desk.lang), f"{listed}.html")
    if isinstance(row, Provision) and ("laws", row.law) in desk.ground.pages:
        yield desk.link(("laws", row.law))


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


def _box(desk: Desk, table: str, row: Program | Eligibility | Row, evidence: Evidence | None) -> LimitBox:
    facts = [*_limit_facts(desk, table, row)]
    known = tuple(fact for fact in facts if fact.state != "not_recorded")
    return LimitBox(known, tuple(fact.label for fact in facts if fact.state == "not_recorded"), evidence)


def _limit_facts(desk: Desk, table: str, row: Row) -> Iterator[Fact]:
    yield _age_fact(desk, row)
    for column in declaration()[table].columns:
        if column.kind == "limit":
            yield desk.cells.fact(table, row, column)
    for name in ("other_limits", "provision") if table == "eligibility" else ():
        fact = desk.cells.fact(table, row, desk.column(table, name))
        if fact.state == "value":
            yield fact


def _age_fact(desk: Desk, row: Row) -> Fact:
    ages = getattr(row, "limits", {}).get("age")
    label = desk.words("column_age")
    if ages is None or not ages.is_recorded:
        return Fact(label, (), "not_recorded")
    inferred = any(column in row.inferred for column in ("min_age", "max_age", "age"))
    badges = (Badge("inferred", desk.words("inferred"), row.reason),) if inferred else ()
    free = ages.least is NO_LIMIT and ages.most is NO_LIMIT
    return Fact(label, (Link(desk.cells.ages(ages)),), "no_limit" if free else "value", badges)
