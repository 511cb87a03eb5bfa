"""What an audit is asked about, and how what it lacks is put into words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from hazama.audits.meetings import Common, Meetings, Pair, common_work, meetings
from hazama.coverage.household import Answer
from hazama.coverage.households import cases
from hazama.coverage.space import space
from hazama.knowledge.labels import Directory, Key, Label, directory
from hazama.model.findings import Finding, Gravity
from hazama.model.records import Row
from hazama.model.town import Municipality, rows_by_id
from hazama.model.view import Scope, view
from hazama.resources import words

if TYPE_CHECKING:
    from hazama.knowledge.store import Store

Value: TypeAlias = str | int | Label
Place: TypeAlias = Value | Key | list[Key]
"""What fills a place of a text: a row or concept stands for its name, a list of them for the first few names."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What an audit found, in keys: who it is about and what else its sentence names."""

    about: tuple[Key, ...]
    key: str = ""
    wording: str = ""
    """Put behind ``group_audit`` where one audit has several texts."""
    severity: Gravity | None = None
    """Where one finding weighs more or less than others of its audit."""
    provisions: tuple[str, ...] = ()
    people: float | None = None
    places: Mapping[str, Place] = field(default_factory=dict)


def lack(
    about: Iterable[Key],
    /,
    *,
    key: str = "",
    wording: str = "",
    severity: Gravity | None = None,
    provisions: Iterable[str] = (),
    people: float | None = None,
    **places: Place,
) -> Lack:
    """A lack whose text has these *places*; ``name``, ``id``, ``names`` and ``count`` follow from *about*."""
    return Lack(tuple(about), key, wording, severity, tuple(provisions), people, places)


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

    @cached_property
    def cases(self) -> dict[str, Answer]:
        """What the town is to each shipped household case whose needs and conditions it knows."""
        return dict(cases(space(self.town, "certain"), self.names))

    @cached_property
    def store(self) -> "Store":
        """The town as triples, for audits that are questions."""
        from hazama.knowledge.store import load

        return load(self.town)

    def end(self, text: str) -> Key:
        """The table and id that an end of a relation names; ``("", id)`` where nothing has that id."""
        table, _, id = text.rpartition("/")
        return (table, id) if table else self.by_id.get(id, ("", id))

    def name(self, table: str, id: str) -> Label:
        """What a row is called, in both languages; a provision by its place in the law."""
        return self.names.label(table, id)

    def some(self, keys: Iterable[Key], most: int = 5) -> Label:
        """The first few names of *keys*, then how many more."""
        return listed((self.name(*key) for key in keys), most)

    def row(self, key: Key) -> Row | None:
        """The row of a table by id, if there is one."""
        entry = self.names.entries.get(key)
        return entry if isinstance(entry, Row) else None

    def finding(self, group: str, audit: str, severity: Gravity, lack: Lack) -> Finding:
        """A lack in words: its sentence is the text ``group_audit``, its next step ``group_audit_next``."""
        text = f"{group}_{audit}{lack.wording}"
        places = {place: self._told(value) for place, value in {**_implied(lack), **lack.places}.items()}
        about = sorted(set(lack.about))
        return Finding(
            group=group,
            audit=audit,
            severity=lack.severity or severity,
            subjects=tuple("/".join(key) for key in about),
            sentences=told(text, **places),
            next_steps=told(f"{text}_next", **places),
            provisions=lack.provisions,
            people=lack.people,
            rows=tuple(row for key in about if (row := self.row(key))),
            key=lack.key,
        )

    def _told(self, value: Place) -> Value:
        if isinstance(value, str | int | Label):
            return value
        return self.some(value) if isinstance(value, list) else self.name(*value)


Audit: TypeAlias = Callable[[Audited], Iterable[Lack]]


def audited(town: Municipality, scope: Scope) -> Audited:
    """The town and the part of it that *scope* admits."""
    entries = directory(town).entries
    seen = view(town, scope)
    names = Directory(seen, {**entries, **rows_by_id(seen)})
    return Audited(seen, town, scope, names, {key[1]: key for key in reversed(list(names.entries))})


def keys(table: str, ids: Iterable[str]) -> list[Key]:
    """The keys of several rows of one table or concepts of one list."""
    return [(table, id) for id in ids]


def told(id: str, /, **values: Value) -> tuple[str, str]:
    """A text of ``ontology/words/audits.csv`` in Japanese and English, with each place in its language."""
    both = words("audits")[id]
    return filled(Label(both["ja"], both["en"]), values)


def filled(template: Label, values: Mapping[str, Value]) -> tuple[str, str]:
    """A text with its places filled, in Japanese and English."""
    ja, en = (
        template.label(lang).format(
            **{place: one.label(lang) if isinstance(one, Label) else one for place, one in values.items()}
        )
        for lang in ("ja", "en")
    )
    return ja, en


def listed(labels: Iterable[Label], most: int = 5) -> Label:
    """Several names in one: the first few, then how many more."""
    every = list(labels)
    shown, rest = every[:most], len(every) - most
    ja, en = "、".join(f"「{one.ja}」" for one in shown), ", ".join(one.label("en") for one in shown)
    if rest <= 0:
        return Label(ja, en)
    return Label(*told("and_more", ja=ja, en=en, count=rest))


def _implied(lack: Lack) -> dict[str, Place]:
    names: dict[str, Place] = {"names": list(lack.about), "count": len(lack.about)}
    return {**names, "name": lack.about[0], "id": lack.about[0][1]} if lack.about else names
