"""What changed between two towns, or between two dates of one: in words and as a table."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from hazama.audits.audited import Value, listed, told
from hazama.coverage.boxes import bits
from hazama.coverage.measure import demand
from hazama.coverage.space import space
from hazama.coverage.totals import uncovered
from hazama.knowledge.labels import Directory, Label, directory
from hazama.model.findings import Told
from hazama.model.records import Agency, Body, Row
from hazama.model.town import Municipality
from hazama.tables.columns import declaration

T = TypeVar("T", tuple[str, str], tuple[str, str, str])
Kind: TypeAlias = Literal["added", "ended", "renamed", "changed", "succeeded", "split", "merged", "opened", "closed"]

NAMED = ("agencies", "bodies", "programs", "laws", "provisions", "themes", "challenges", "districts")
"""Tables whose rows have a name and an id, in the order of the report."""

UNTOLD = frozenset(
    {"origin", "layer", "extra", "note", "source", "locator", "status", "reason", "inferred", "classified"}
)
"""Columns that say how a row is known, not what it says."""

_BEFORE = "before/"
"""Put before the ids of the earlier programmes; no id of a table holds a slash."""


@dataclass(frozen=True, slots=True)
class Change(Told):
    """One difference."""

    kind: Kind
    table: str
    ids: tuple[str, ...]
    sentences: tuple[str, str]
    columns: tuple[str, ...] = ()
    """What of the row changed."""

    def record(self, lang: str) -> dict[str, object]:
        """The change for JSON, CSV and tables, in one language."""
        lists = {"ids": list(self.ids), "columns": list(self.columns)}
        return {"kind": self.kind, "table": self.table, **lists, "sentence": self.sentence(lang)}


class GapChange(NamedTuple):
    """One need: the shares of all combinations for it (or of the people) that closed and that opened."""

    need: str
    closed: float
    opened: float


def diff(old: Municipality, new: Municipality) -> list[Change]:
    """The changes from *old* to *new*, units first; empty when they say the same."""
    known = _Pair(old, new, directory(old), directory(new))
    tables = (change for table in NAMED for change in _table(table, known))
    return [*tables, *_members(known), *_boxes(known), *_links(known), *_gaps(known)]


def gap_changes(old: Municipality, new: Municipality) -> Iterator[GapChange]:
    """The needs whose certain gaps are not what they were, in the order of the list.

    Both states are laid into one space, so that an age limit of either cuts the classes of both; then
    sets are counted: uncovered before and covered now is closed, the other way round is opened.
    """
    programs = (replace(one, id=_BEFORE + one.id) for one in old.programs)
    further = (replace(one, program=_BEFORE + one.program) for one in old.eligibility)
    both = replace(
        new,
        programs=(*programs, *new.programs),
        eligibility=(*further, *new.eligibility),
        demand=new.demand or old.demand,
    )
    known = space(both, "certain")
    either, place = known.space, known.axis("needs")
    before, after = (
        either.with_boxes(box for box in either.boxes if box.program.startswith(_BEFORE) is earlier)
        for earlier in (True, False)
    )
    for value in bits(known.axes[place].full):
        within = (*either.full[:place], 1 << value, *either.full[place + 1 :])
        neither, whole = uncovered(either, within), demand(either, within) or 1
        closed, opened = ((uncovered(one, within) - neither) / whole for one in (before, after))
        if closed or opened:
            yield GapChange(known.axes[place].ids[value], closed, opened)


class _Pair(NamedTuple):
    """The two towns, and the names before and after."""

    old: Municipality
    new: Municipality
    was: Directory
    now: Directory

    def name(self, table: str, id: str) -> Label:
        """What it is called now, or was before it ended."""
        home = self.now if (table, id) in self.now.entries else self.was
        return home.label(table, id)

    def end(self, text: str) -> Label:
        """The name behind an end of a relation."""
        table, _, id = text.rpartition("/")
        keys = [key for home in (self.now, self.was) for key in home.entries if key[1] == id and table in ("", key[0])]
        return self.name(*keys[0]) if keys else Label(text, text)


def _table(table: str, known: _Pair) -> Iterator[Change]:
    before, after = _by_id(known.old, table), _by_id(known.new, table)
    ended = {id: before[id] for id in before if id not in after}
    added = {id: after[id] for id in after if id not in before}
    yield from _succession(table, ended, added, known)
    for id in ended:
        yield _change("ended", table, [id], name=known.name(table, id))
    for id in added:
        yield _change("added", table, [id], name=known.name(table, id))
    for id in after:
        if id in before:
            yield from _same_id(table, id, before[id], after[id], known)


def _succession(table: str, ended: dict[str, Row], added: dict[str, Row], known: _Pair) -> Iterator[Change]:
    """Units that went over into others; they are taken out of what ended and what was added."""
    heirs: dict[str, list[str]] = defaultdict(list)
    for id, row in added.items():
        for gone in row.succeeds if isinstance(row, Agency | Body) else ():
            if gone in ended:
                heirs[gone].append(id)
    gone_into: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for gone, into in heirs.items():
        gone_into[tuple(into)].append(gone)
    for units, merged in gone_into.items():
        kind: Kind = "split" if len(units) > 1 else "merged" if len(merged) > 1 else "succeeded"
        before, after = (listed(known.name(table, one) for one in some) for some in (merged, units))
        yield _change(kind, table, [*merged, *units], before=before, after=after)
        for id in (*merged, *units):
            ended.pop(id, None)
            added.pop(id, None)


def _same_id(table: str, id: str, before: Row, after: Row, known: _Pair) -> Iterator[Change]:
    was, now = _said(before), _said(after)
    columns = [column for column in was if was[column] != now[column]]
    if "name" in columns:
        yield _change("renamed", table, [id], before=known.was.label(table, id), after=known.now.label(table, id))
    if rest := tuple(column for column in columns if column not in ("name", "name_en", "reading")):
        titles = Label(*("・".join(_title(table, one, lang) for one in rest) for lang in ("ja", "en")))
        yield _change("changed", table, [id], rest, name=known.name(table, id), columns=titles)


def _members(known: _Pair) -> Iterator[Change]:
    seats = ({(one.body, one.agency) for one in town.members} for town in (known.old, known.new))
    for kind, (body, agency) in _both_ways(*seats):
        names = {"body": known.name("bodies", body), "agency": known.name("agencies", agency)}
        yield _change(kind, "members", [body, agency], **names)


def _boxes(known: _Pair) -> Iterator[Change]:
    """Programmes of both whose further boxes are not the same."""
    before, after = _further(known.old), _further(known.new)
    for program in sorted(_by_id(known.old, "programs").keys() & _by_id(known.new, "programs").keys()):
        if before[program] != after[program]:
            yield _change("changed", "eligibility", [program], name=known.name("programs", program))


def _links(known: _Pair) -> Iterator[Change]:
    links = ({(one.subject, one.predicate, one.object) for one in town.links} for town in (known.old, known.new))
    for kind, (one, predicate, other) in _both_ways(*links):
        names = {"one": known.end(one), "relation": known.name("predicates", predicate), "other": known.end(other)}
        yield _change(kind, "links", [one, predicate, other], **names)


def _gaps(known: _Pair) -> Iterator[Change]:
    """The needs for which people became reached, or ceased to be."""
    old, new = known.old, known.new
    if (old.programs, old.eligibility) != (new.programs, new.eligibility):
        for one in gap_changes(old, new):
            shares: dict[Kind, float] = {"closed": one.closed, "opened": one.opened}
            for kind, share in shares.items():
                if share:
                    percent = f"{max(100 * share, 0.1):.1f}"
                    yield _change(kind, "gaps", [one.need], need=known.name("needs", one.need), share=percent)


def _both_ways(before: set[T], after: set[T]) -> Iterator[tuple[Kind, T]]:
    yield from (("ended", one) for one in sorted(before - after))
    yield from (("added", one) for one in sorted(after - before))


def _change(kind: Kind, table: str, ids: Sequence[str], columns: tuple[str, ...] = (), /, **values: Value) -> Change:
    code = f"diff_{kind}_{table}" if table in ("members", "eligibility", "links", "gaps") else f"diff_{kind}"
    home = declaration().get(table)
    sentences = told(code, table=Label(home.ja, home.en) if home else table, **values)
    return Change(kind, table, tuple(ids), sentences, columns)


def _by_id(town: Municipality, table: str) -> dict[str, Row]:
    return {row.id: row for row in dict(town.tables())[table]}  # type: ignore[attr-defined]


def _said(row: Row) -> dict[str, object]:
    return {entry.name: getattr(row, entry.name) for entry in fields(row) if entry.name not in UNTOLD}


def _further(town: Municipality) -> dict[str, list[str]]:
    """What the further boxes of each programme say, in one order."""
    boxes: dict[str, list[str]] = defaultdict(list)
    for row in sorted(town.eligibility, key=lambda one: repr(_said(one))):
        boxes[row.program].append(repr(_said(row)))
    return boxes


def _title(table: str, field: str, lang: str) -> str:
    column = declaration()[table].column(field)
    return column.title(lang) if column else told(f"field_{field}")[lang == "en"]
