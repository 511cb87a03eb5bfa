"""What an audit is asked about, and how what it lacks is put into words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from string import Formatter
from typing import TYPE_CHECKING, TypeAlias

from hazama.audits.meetings import Common, Meetings, Pair, common_work, meetings
from hazama.coverage.household import Answer
from hazama.coverage.households import cases
from hazama.coverage.space import Reading, TownSpace, space
from hazama.knowledge.labels import Directory, Key, Label, directory, filled
from hazama.model.findings import Gravity
from hazama.model.records import Row
from hazama.model.town import Municipality, rows_by_id
from hazama.model.view import Scope, view
from hazama.resources import words

if TYPE_CHECKING:
    from hazama.knowledge.answers import Asked

Value: TypeAlias = str | int | Label
Place: TypeAlias = Value | Key | list[Key]
"""What fills a place of a text: a row or concept stands for its name, a list of them for the first few names."""
Places: TypeAlias = Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Lack:
    """What an audit found, in keys: who it is about and what else its sentence names.

    ``name``, ``id``, ``names`` and ``count`` of a sentence follow from *about* where *places* do not say them.
    """

    about: Sequence[Key]
    places: Places = field(default_factory=dict)
    key: str = ""
    wording: str = ""
    """Which text, where one audit has several."""
    severity: Gravity | None = None
    """Where one finding weighs more or less than others of its audit."""
    provisions: Iterable[str] = ()
    people: float | None = None

    def filling(self, place: str) -> Place:
        """What fills a place of the sentence."""
        if place in self.places:
            return self.places[place]
        match place:
            case "names":
                return list(self.about)
            case "count":
                return len(self.about)
            case "name":
                return self.about[0]
            case "id":
                return self.about[0][1]
        raise KeyError(place)


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
    def apart(self) -> dict[Pair, Common]:
        """Which of them are heard in no common body."""
        return {pair: common for pair, common in self.common_work.items() if not self.meetings.meet(pair)}

    @cached_property
    def cases(self) -> dict[str, Answer]:
        """What the town is to each shipped household case whose needs and conditions it knows."""
        return dict(cases(self.space("certain"), self.names))

    @cached_property
    def space(self) -> Callable[[Reading], TownSpace]:
        """The space of the town in one reading."""
        return cache(lambda reading: space(self.town, reading))

    @cached_property
    def asked(self) -> "Asked":
        """The town as triples, for audits that are questions."""
        from hazama.knowledge.answers import Asked

        return Asked(self.town)

    def end(self, text: str) -> Key:
        """The table and id that an end of a relation names; ``("", id)`` where nothing has that id."""
        table, _, id = text.rpartition("/")
        return (table, id) if table else self.by_id.get(id, ("", id))

    @cached_property
    def name(self) -> Callable[[str, str], Label]:
        """What a row is called, by table and id; a provision by its place in the law."""
        return cache(self.names.label)

    def some(self, keys: Iterable[Key], most: int = 5) -> Label:
        """The first few names of *keys*, then how many more."""
        return listed([self.name(*key) for key in keys], most)

    def row(self, key: Key) -> Row | None:
        """The row of a table by id, if there is one."""
        entry = self.names.entries.get(key)
        return entry if isinstance(entry, Row) else None

    def told(self, template: Label, lack: Lack) -> tuple[str, str]:
        """A text with the places that it has; what it does not name is not put into words."""
        return filled(template, {place: self._value(lack.filling(place)) for place in _named(template)})

    def _value(self, value: Place) -> Value:
        if isinstance(value, (str, int, Label)):
            return value
        return self._few(tuple(value)) if isinstance(value, list) else self.name(*value)

    @cached_property
    def _few(self) -> Callable[[tuple[Key, ...]], Label]:
        return cache(self.some)


def audited(town: Municipality, scope: Scope) -> Audited:
    """The town and the part of it that *scope* admits."""
    entries = directory(town).entries
    seen = view(town, scope)
    names = Directory(seen, {**entries, **rows_by_id(seen)})
    return Audited(seen, town, scope, names, {key[1]: key for key in reversed(list(names.entries))})


def keys(table: str, ids: Iterable[str]) -> list[Key]:
    """The keys of several rows of one table or concepts of one list."""
    return [(table, id) for id in ids]


@cache
def text(id: str) -> Label:
    """A text of ``ontology/words/audits.csv``."""
    return Label(**words("audits")[id])


def told(id: str, /, **values: Value) -> tuple[str, str]:
    """A text of the audits in Japanese and English, with each place in its language."""
    return filled(text(id), values)


@cache
def _named(template: Label) -> tuple[str, ...]:
    """The places of a text, in either language."""
    parsed = (part for text in template for part in Formatter().parse(text))
    return tuple(dict.fromkeys(place for _, place, _, _ in parsed if place))


def listed(labels: Iterable[Label], most: int = 5) -> Label:
    """Several names in one: the first few, then how many more."""
    every = list(labels)
    shown, rest = every[:most], len(every) - most
    ja, en = "、".join([f"「{one.ja}」" for one in shown]), ", ".join([one.label("en") for one in shown])
    return Label(*told("and_more", ja=ja, en=en, count=rest)) if rest > 0 else Label(ja, en)
