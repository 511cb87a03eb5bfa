"""What a cell may name: concepts of a list, and rows of this town or of the layers beneath it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from typing import NamedTuple
from unicodedata import normalize

from hazama.model.concepts import Scheme
from hazama.model.names import normalised, suggestions
from hazama.model.records import Row
from hazama.model.town import Municipality
from hazama.tables.columns import ANY, Column

NAME_COLUMNS = ("name", "name_en", "alt", "short", "title")
"""Columns by which a row can be referred to, besides its id."""
MOST_LOOKUPS = 100
"""Near misses that are looked for in one run; a file full of unknown names must not take minutes."""
LONGEST_NAME = 80
_SHORTLIST = 60


def spelled(text: str) -> str:
    """The form in which two exact spellings of one name meet: width folded, spaces trimmed."""
    return normalize("NFKC", text).strip()


class Speller:
    """Near misses among many names, best first, for messages only."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = names
        self.left = MOST_LOOKUPS

    @cached_property
    def _signs(self) -> Mapping[str, frozenset[str]]:
        return {name: frozenset(normalised(name)) for name in sorted(set(self.names))}

    def near(self, text: str) -> list[str]:
        """At most three names that look like *text*; none when too many have been asked for."""
        if self.left == 0 or len(text) > LONGEST_NAME:
            return []
        self.left -= 1
        wanted = frozenset(normalised(text))

        def alike(name: str) -> float:  # Dice's coefficient of two sets of signs, 0 to 1
            signs = self._signs[name]
            return 2 * len(wanted & signs) / (len(wanted) + len(signs) or 1)

        return suggestions(text, nlargest(_SHORTLIST, self._signs, key=alike))


class Labels:
    """The concepts of one scheme by what people call them."""

    def __init__(self, scheme: Scheme) -> None:
        self._ids = frozenset(scheme)
        self._by_form: dict[str, list[str]] = {}
        for concept in scheme.values():
            for label in {normalised(text) for text in (concept.ja, concept.en, *concept.alt)} - {""}:
                self._by_form.setdefault(label, []).append(concept.id)
        self.speller = Speller([label for concept in scheme.values() for label in (concept.ja, *concept.alt)])

    def has(self, id: str) -> bool:
        """Whether a concept has that id."""
        return id in self._ids

    def ids(self, text: str) -> list[str]:
        """The concepts that *text* can mean: by id, else by label or alternative label."""
        return [text] if text in self._ids else self._by_form.get(normalised(text), [])


class Target(NamedTuple):
    """A row that a cell can refer to."""

    table: str
    id: str


class Names:
    """The rows of one layer, and of all those beneath it, by id and by exact name."""

    def __init__(self) -> None:
        self._layers: tuple[Names, ...] = (self,)
        self._by_id: dict[str, list[Target]] = {}
        self._by_name: dict[str, list[Target]] = {}
        self._readings: dict[tuple[str, str], str] = {}
        self._unread: set[str] = set()
        self._spellers: dict[tuple[str, ...], tuple[Speller, Mapping[str, str]]] = {}

    def stand_on(self, beneath: Iterable["Names"]) -> None:
        """Make the rows of other layers known too, the nearest first."""
        self._layers = (self, *beneath)

    def add(self, table: str, id: str, names: Iterable[str]) -> None:
        """Make a row known by its id and its names."""
        self._by_id.setdefault(id, []).append(Target(table, id))
        for name in {spelled(name) for name in names} - {""}:
            self._by_name.setdefault(name, []).append(Target(table, id))

    def sound(self, table: str, reading: str, name: str) -> None:
        """Suggest the row of that name also to whoever writes how it is read."""
        self._readings.setdefault((table, spelled(reading)), name)

    def leave_out(self, table: str) -> None:
        """Say that the ids of a table could not be read: whatever refers to it is not to blame."""
        self._unread.add(table)

    def is_whole(self, tables: tuple[str, ...]) -> bool:
        """Whether the ids of all these tables are known."""
        return not any(_admits(tables, table) for layer in self._layers for table in layer._unread)

    def targets(self, text: str, tables: tuple[str, ...]) -> list[Target]:
        """The rows that *text* can mean; those of the layer itself come before those beneath.

        ``table/id`` and ``id`` are stronger than a name.
        """
        table, slash, id = text.partition("/")
        if slash and _admits(tables, table) and Target(table, id) in self._with_id(id, tables):
            return [Target(table, id)]
        found = self._with_id(text, tables)
        by_name = (layer._by_name.get(spelled(text), ()) for layer in self._layers)
        named = ([target for target in targets if _admits(tables, target.table)] for targets in by_name)
        return found or list(dict.fromkeys(next(filter(None, named), [])))

    def shortest(self, target: Target, tables: tuple[str, ...]) -> str:
        """How to write a reference: the id, or ``table/id`` where several tables have that id."""
        is_alone = len(set(self._with_id(target.id, tables))) == 1
        return target.id if is_alone else f"{target.table}/{target.id}"

    def with_zeros(self, text: str, tables: tuple[str, ...]) -> str:
        """The one id that is *text* behind zeros that a spreadsheet dropped, or ``""``."""
        longer = {text.zfill(length) for length in range(len(text) + 1, 15)} if text.isdigit() else set()
        found = [id for id in longer if self._with_id(id, tables)]
        return found[0] if len(found) == 1 else ""

    def near(self, text: str, tables: tuple[str, ...]) -> list[str]:
        """Names and ids that look like *text*, or are read like it, for a message."""
        if tables not in self._spellers:
            said = self._said(tables)
            self._spellers[tables] = Speller(said), said
        speller, said = self._spellers[tables]
        return list(dict.fromkeys(said[spelling] for spelling in speller.near(text)))

    def _said(self, tables: tuple[str, ...]) -> Mapping[str, str]:
        """What may be written for a row, with what it should be: readings, names and ids, the nearest layer's first."""
        said: dict[str, str] = {}
        for layer in self._layers:
            for (table, reading), name in layer._readings.items():
                if _admits(tables, table):
                    said.setdefault(reading, name)
        for layer in self._layers:
            for text, targets in (*layer._by_name.items(), *layer._by_id.items()):
                if any(_admits(tables, target.table) for target in targets):
                    said.setdefault(text, text)
        return said

    def _with_id(self, id: str, tables: tuple[str, ...]) -> list[Target]:
        targets = (target for layer in self._layers for target in layer._by_id.get(id, ()))
        return [target for target in targets if _admits(tables, target.table)]


def _admits(tables: tuple[str, ...], table: str) -> bool:
    return table in tables or tables == (ANY,)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Everything that cells of one layer may name."""

    labels: Mapping[str, Labels]
    names: Names

    @classmethod
    def of(cls, town: Municipality) -> "Lookup":
        """What may be named in a town that has been read, whatever the layer."""
        names = Names()
        for table, rows in town.tables():
            for row in rows:
                if id := getattr(row, "id", ""):
                    names.add(table, id, _names(row))
        return cls({name: Labels(scheme) for name, scheme in town.schemes.items()}, names)

    def ids(self, text: str, column: Column) -> list[str]:
        """What *text* can mean in a column of concepts or references, each as the cell of a table has it."""
        if column.scheme:
            return self.labels[column.scheme].ids(text) if column.scheme in self.labels else []
        tables = () if column.references == (ANY,) else column.references
        return [self.names.shortest(target, tables) for target in self.names.targets(text, tables)]

    def is_concept(self, text: str) -> bool:
        """Whether *text* is ``scheme/id`` of a concept."""
        scheme, _, id = text.partition("/")
        return scheme in self.labels and self.labels[scheme].has(id)


def _names(row: Row) -> Iterator[str]:
    for column in NAME_COLUMNS:
        value = getattr(row, column, "")
        for text in value if isinstance(value, tuple) else (value,):
            yield from text.split(";")
