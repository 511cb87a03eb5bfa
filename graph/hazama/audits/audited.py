"""What an audit is asked about, and how it says what it found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from hazama.audits.meetings import Common, Meetings, Pair, common_work, meetings
from hazama.knowledge.labels import Directory, Key, Label, directory
from hazama.model.findings import Finding, Gravity
from hazama.model.records import Row
from hazama.model.town import Municipality, rows_by_id
from hazama.model.view import Scope, view
from hazama.resources import words

Value: TypeAlias = str | int | Label


@dataclass(frozen=True)
class Audited:
    """A town as one audit sees it; what several audits need of it is worked out once."""

    town: Municipality
    """The rows and cells that the scope admits."""
    whole: Municipality
    """Everything, at all times and of any evidence."""
    scope: Scope
    names: Directory
    by_id: Mapping[str, Key]
    """The first table or list that holds an id."""

    @cached_property
    def meetings(self) -> Meetings:
        """Who sits where."""
        return meetings(self.town)

    @cached_property
    def common_work(self) -> dict[Pair, Common]:
        """Which agencies serve the same people."""
        return common_work(self.town)

    def end(self, text: str) -> Key:
        """The table and id that an end of a relation names; ``("", id)`` where nothing has that id."""
        table, _, id = text.rpartition("/")
        return (table, id) if table else self.by_id.get(id, ("", id))

    def name(self, table: str, id: str) -> Label:
        """What a row is called, in both languages; a provision by its place in the law."""
        return self.names.label(table, id)

    def row(self, key: Key) -> Row | None:
        """The row of a table by id, if there is one."""
        entry = self.names.entries.get(key)
        return entry if isinstance(entry, Row) else None


Audit: TypeAlias = Callable[[Audited], Iterable[Finding]]


def audited(town: Municipality, scope: Scope) -> Audited:
    """The town and the part of it that *scope* admits."""
    entries = directory(town).entries
    seen = view(town, scope)
    names = Directory(seen, {**entries, **rows_by_id(seen)})
    return Audited(seen, town, scope, names, {key[1]: key for key in reversed(list(names.entries))})


def found(
    audited: Audited,
    audit: str,
    severity: Gravity,
    subjects: Iterable[Key],
    /,
    *,
    provisions: Sequence[str] = (),
    people: float | None = None,
    key: str = "",
    wording: str = "",
    **values: Value,
) -> Finding:
    """A finding of ``group.name``; its sentence and next step are texts ``group_name`` and ``group_name_next``.

    *wording* names another text where one audit has several. Places of a text are filled from *values*.
    """
    group, _, name = audit.partition(".")
    told_as = wording or f"{group}_{name}"
    about = sorted(set(subjects))
    rows = (audited.row(subject) for subject in about)
    return Finding(
        group=group,
        audit=name,
        severity=severity,
        subjects=tuple("/".join(subject) for subject in about),
        sentences=told(told_as, **values),
        next_steps=told(f"{told_as}_next", **values),
        provisions=tuple(provisions),
        people=people,
        rows=tuple(row for row in rows if row is not None),
        key=key,
    )


def told(id: str, /, **values: Value) -> tuple[str, str]:
    """A text of ``ontology/words/audits.csv`` in Japanese and English, with each place in its language."""
    both = words("audits")[id]
    return tuple(  # type: ignore[return-value]
        both[lang].format(**{name: _in(lang, value) for name, value in values.items()}) for lang in ("ja", "en")
    )


def listed(labels: Iterable[Label], most: int = 5) -> Label:
    """Several names in one: the first few, then how many more."""
    every = list(labels)
    shown, rest = every[:most], len(every) - most
    ja, en = "、".join(f"「{one.ja}」" for one in shown), ", ".join(one.label("en") for one in shown)
    if rest <= 0:
        return Label(ja, en)
    return Label(*told("and_more", ja=ja, en=en, count=rest))


def _in(lang: str, value: Value) -> str | int:
    return value.label(lang) if isinstance(value, Label) else value
