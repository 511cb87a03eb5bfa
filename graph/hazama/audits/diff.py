"""What changed between two towns, or between two dates of one: in words and as a table."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias, TypeVar

from hazama.audits.audited import listed, told
from hazama.audits.gap_changes import gap_changes
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


def diff(old: Municipality, new: Municipality) -> list[Change]:
    """The changes from *old* to *new*, units first; empty when they say the same."""
    known = _Pair(directory(old), directory(new))
    parts = (_members, _boxes, _links, _gaps)
    return [
        *(change for table in NAMED for change in _table(table, old, new, known)),
        *(change for part in parts for change in part(old, new, known)),
    ]


@dataclass(frozen=True, slots=True)
class _Pair:
    """The names before and after."""

    old: Directory
    new: Directory

    def name(self, table: str, id: str) -> Label:
        """What it is called now, or was before it ended."""
        home = self.new if (table, id) in self.new.entries else self.old
        return home.label(table, id)

    def end(self, text: str) -> Label:
        """The name behind an end of a relation."""
        table, _, id = text.rpartition("/")
        keys = [key for home in (self.new, self.old) for key in home.entries if key[1] == id and table in ("", key[0])]
        return self.name(*keys[0]) if keys else Label(text, text)


def _table(table: str, old: Municipality, new: Municipality, known: _Pair) -> Iterator[Change]:
    before, after = _by_id(old, table), _by_id(new, table)
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
    columns = [column for column in _said(before) if _said(before)[column] != _said(after)[column]]
    if "name" in columns:
        old, new = known.old.label(table, id), known.new.label(table, id)
        yield _change("renamed", table, [id], before=old, after=new)
    rest = [column for column in columns if column not in ("name", "name_en", "reading")]
    if rest:
        titles = Label(*("・".join(_title(table, one, lang) for one in rest) for lang in ("ja", "en")))
        yield _change("changed", table, [id], tuple(rest), name=known.name(table, id), columns=titles)


def _members(old: Municipality, new: Municipality, known: _Pair) -> Iterator[Change]:
    seats = ({(one.body, one.agency) for one in town.members} for town in (old, new))
    for kind, (body, agency) in _both_ways(*seats):
        values = {"body": known.name("bodies", body), "agency": known.name("agencies", agency)}
        yield _change(kind, "members", [body, agency], **values)


def _boxes(old: Municipality, new: Municipality, known: _Pair) -> Iterator[Change]:
    """Programmes of both whose further boxes are not the same."""
    before, after = _further(old), _further(new)
    programs = _by_id(old, "programs").keys() & _by_id(new, "programs").keys()
    for program in sorted(programs):
        if before.get(program, []) != after.get(program, []):
            yield _change("changed", "eligibility", [program], name=known.name("programs", program))


def _links(old: Municipality, new: Municipality, known: _Pair) -> Iterator[Change]:
    links = ({(one.subject, one.predicate, one.object) for one in town.links} for town in (old, new))
    for kind, (one, predicate, other) in _both_ways(*links):
        values = {"one": known.end(one), "relation": known.name("predicates", predicate), "other": known.end(other)}
        yield _change(kind, "links", [one, predicate, other], **values)


def _gaps(old: Municipality, new: Municipality, known: _Pair) -> Iterator[Change]:
    """The needs for which people became reached, or ceased to be."""
    if (old.programs, old.eligibility) == (new.programs, new.eligibility):
        return
    for one in gap_changes(old, new):
        shares: tuple[tuple[Kind, float], ...] = (("closed", one.closed), ("opened", one.opened))
        for kind, share in shares:
            if share:
                values = {"need": known.name("needs", one.need), "share": _percent(share)}
                yield Change(kind, "gaps", (one.need,), told(f"diff_{kind}_gaps", **values))


def _percent(share: float) -> Label:
    text = f"{100 * share:.1f}" if share >= 0.001 else "0.1"
    return Label(text, text)


def _both_ways(before: set[T], after: set[T]) -> Iterator[tuple[Kind, T]]:
    yield from (("ended", one) for one in sorted(before - after))
    yield from (("added", one) for one in sorted(after - before))


def _change(kind: Kind, table: str, ids: Sequence[str], columns: tuple[str, ...] = (), /, **values: Label) -> Change:
    code = f"diff_{kind}_{table}" if table in ("members", "eligibility", "links") else f"diff_{kind}"
    home = declaration()[table]
    sentences = told(code, table=Label(home.ja, home.en), **values)
    return Change(kind, table, tuple(ids), sentences, columns)


def _by_id(town: Municipality, table: str) -> dict[str, Row]:
    return {row.id: row for row in dict(town.tables())[table]}  # type: ignore[attr-defined]


def _said(row: Row) -> dict[str, object]:
    return {entry.name: getattr(row, entry.name) for entry in fields(row) if entry.name not in UNTOLD}


def _further(town: Municipality) -> dict[str, list[Mapping[str, object]]]:
    boxes: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for row in town.eligibility:
        boxes[row.program].append(_said(row))
    order: Callable[[Mapping[str, object]], str] = repr
    return {program: sorted(rows, key=order) for program, rows in boxes.items()}


def _title(table: str, field: str, lang: str) -> str:
    column = declaration()[table].column(field)
    return column.title(lang) if column else told(f"field_{field}")[lang == "en"]
