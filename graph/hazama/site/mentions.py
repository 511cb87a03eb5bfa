"""Who speaks of a thing: the rows of other tables that name it, grouped by what they say."""

from dataclasses import dataclass
from itertools import chain

from hazama.model.records import Eligibility, Member, Row
from hazama.model.records import Link as LinkRow
from hazama.site.desk import Desk
from hazama.site.ground import ALL, CLASSES, ENTITIES, Key, Mention, target
from hazama.site.values import NOTHING, Badge, Link, Text

_UNTOLD = frozenset(
    {
        ("eligibility", "program"),
        ("provisions", "law"),
        ("provisions", "parent"),
        ("demand", "district"),
        ("not_applicable", "needs"),
    }
)
"""What a page says elsewhere or nowhere: a provision says itself above which other it stands."""
_IN_CELLS = frozenset({("programs", "themes"), ("programs", "needs")})
"""What the cells of the matrix on the same page already say of the rows that count."""


@dataclass(frozen=True, slots=True)
class Told:
    """One row that speaks of the thing."""

    link: Link
    detail: Text = NOTHING
    """Role of a seat, kind of a relation."""
    badges: tuple[Badge, ...] = ()
    row: Row | None = None
    """The row itself where it has no page of its own, at the one end that tells its evidence."""


@dataclass(frozen=True, slots=True)
class MentionGroup:
    """Rows that say the same of a thing: 所管する事業."""

    id: str
    heading: str
    count: int
    """Rows that numbers count; the others follow with a badge that says why not."""
    told: tuple[Told, ...]


def mention_groups(desk: Desk, key: Key) -> tuple[MentionGroup, ...]:
    """Everything that other rows say of this row or concept, in the order of the tables.

    A programme for every need is told of a need by the cells of its page if it counts, else by its own list alone.
    """
    grouped: dict[tuple[str, str], list[Mention]] = {}
    everywhere = desk.ground.mentions.get((key[0], ALL), ()) if key[0] in CLASSES else ()
    besides = (mention for mention in everywhere if (mention.table, mention.column) not in _IN_CELLS)
    for mention in chain(desk.ground.mentions.get(key, ()), besides):
        if (mention.table, mention.column) not in _UNTOLD:
            grouped.setdefault((mention.table, mention.column), []).append(mention)
    groups = (_group(desk, key, *place, mentions) for place, mentions in grouped.items())
    return tuple(group for group in groups if group.told)


def uncounted_everywhere(desk: Desk, list: str) -> bool:
    """Whether some programme says すべて of a list of concepts, and no number counts it."""
    return any(
        mention.table == "programs" and not _counts(desk, mention)
        for mention in desk.ground.mentions.get((list, ALL), ())
    )


def _group(desk: Desk, key: Key, table: str, column: str, mentions: list[Mention]) -> MentionGroup:
    own = f"mention_{table}_{column}"
    heading = desk.words(own) if own in desk.words else _plain_heading(desk, table, column)
    counted = [mention for mention in mentions if _counts(desk, mention) and (table, column) not in _IN_CELLS]
    rest = [mention for mention in mentions if not _counts(desk, mention)]
    told = tuple(_told(desk, key, mention) for mention in (*counted, *rest))
    name = f"{table}-{column}-rest" if (table, column) in _IN_CELLS else f"{table}-{column}"
    return MentionGroup(name, heading, len({id(each.row) for each in counted}), told)


def _plain_heading(desk: Desk, table: str, column: str) -> str:
    return desk.words("mention", table=desk.table_title(table), column=desk.heading(desk.column(table, column)))


def _counts(desk: Desk, mention: Mention) -> bool:
    return desk.ground.counts(mention.row) and not desk.ground.hides(mention.row, mention.column)


def _told(desk: Desk, key: Key, mention: Mention) -> Told:
    row, badges = mention.row, desk.badges(mention.row)
    if mention.column in row.inferred:
        badges = tuple(dict.fromkeys((desk.inferred(row), *badges)))
    if isinstance(row, Member):
        role = desk.names.of(("roles", row.role)) if row.role else NOTHING
        if key[0] == "bodies":
            return Told(desk.link(("agencies", row.agency)), role, badges, row)
        return Told(desk.link(("bodies", row.body)), role, badges)
    if isinstance(row, LinkRow):
        return _relation(desk, mention, row, badges)
    if isinstance(row, Eligibility):
        return Told(desk.link(("programs", row.program)), NOTHING, badges)
    return Told(desk.link((mention.table, getattr(row, "id", ""))), NOTHING, badges)


def _relation(desk: Desk, mention: Mention, row: LinkRow, badges: tuple[Badge, ...]) -> Told:
    end = "object" if mention.column == "subject" else "subject"
    column = desk.column("links", end)
    key = target(desk.ground.rows, desk.ground.whole.schemes, column, getattr(row, end))
    other = desk.link(key) if key else Link(Text(getattr(row, end)))
    is_told_there = end == "subject" and key is not None and key[0] in (*ENTITIES, *CLASSES)
    return Told(other, desk.names.of(("predicates", row.predicate)), badges, None if is_told_there else row)
