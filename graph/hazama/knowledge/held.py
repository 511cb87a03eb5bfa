"""What ``find`` asks of a store: the programmes of a class and what their boxes say to a person, in small answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain

from hazama.knowledge.addresses import Addresses, scheme_term
from hazama.knowledge.entities import part
from hazama.knowledge.find import CLASSES, Box, Boxes, Picks, Tests
from hazama.knowledge.limits import State
from hazama.knowledge.mapping import YEARS, predicate
from hazama.knowledge.store import Store
from hazama.knowledge.terms import parts
from hazama.model.names import normalised
from hazama.model.records import Program
from hazama.model.town import Municipality
from hazama.tables.columns import declaration

COLUMNS = {
    "theme": ("themes",),
    "need": ("needs",),
    "field": ("field",),
    "function": ("functions",),
    "reach": ("reach",),
    "agency": ("owner", "operators"),
    "provision": ("basis", "provision"),
}
"""The columns of programmes that each criterion of classification reads."""
_TEXTS = ("name", "name_en", "alt", "reading", "description", "target")


class Held:
    """The programmes and boxes of one town in a store, by their terms."""

    def __init__(self, store: Store, town: Municipality) -> None:
        self._store, self._town, self._addresses = store, town, Addresses(town)
        self._columns = {column.name: column for column in declaration()["programs"].columns}

    def picks(self, wanted: Mapping[str, frozenset[str]], text: str) -> Picks:
        """Whether a programme is of each class that was asked, and mentions the text."""
        found = [
            self._admitting([predicate(self._columns[one]) for one in COLUMNS[name]], CLASSES[name], ids)
            for name, ids in wanted.items()
        ]
        return [partial(self._is_among, subjects=one) for one in (*found, *([self._mentioning(text)] if text else []))]

    def tests(self, age: int | None, lists: Sequence[tuple[str, str, frozenset[str]]]) -> Tests:
        """What each criterion of a person asks one box."""
        tests: list[tuple[str, tuple[dict[str, State], State]]] = [] if age is None else [("age", self._age(age))]
        for criterion, dimension, ids in lists:
            kind = "districts" if dimension == "district" else dimension
            admitting = self._admitting(["hz:admits"], kind, ids, dimension)
            blank = self._blank([scheme_term(dimension)])
            tests.append((criterion, (_states(blank, "covered", admitting), "excluded")))
        return [(name, partial(self._state, states=states, other=other)) for name, (states, other) in tests]

    def _age(self, years: int) -> tuple[dict[str, State], State]:
        outside = self._subjects(
            f"{{ ?subject hz:minAgeMonths ?n FILTER(?n >= {12 * (years + 1)}) }} UNION "
            f"{{ ?subject hz:maxAgeMonths ?n FILTER(?n < {12 * years}) }}"
        )
        blank = self._blank(YEARS.values())
        return _states(blank, "excluded", outside), "covered"

    def _admitting(
        self, properties: Iterable[str], kind: str, ids: Iterable[str], dimension: str = ""
    ) -> frozenset[str]:
        terms = " ".join(sorted(set(chain.from_iterable(self._terms(kind, id) for id in ids))))
        return self._subjects(
            f"{{ VALUES ?property {{ {' '.join(properties)} }} VALUES ?said {{ {terms} }} ?subject ?property ?said }} "
            f"UNION {{ ?subject hz:noLimit {scheme_term(dimension or kind)} }}"
        )

    def _terms(self, kind: str, id: str) -> Iterable[str]:
        """What an id is called in the graph: concepts once, rows in each layer that may mean its own."""
        if kind in self._town.schemes:
            return [self._addresses.concept(kind, id)]
        return [self._addresses.reference((kind,), id, layer.key) for layer in self._town.layers]

    def _blank(self, dimensions: Iterable[str]) -> frozenset[str]:
        return self._subjects(f"VALUES ?blank {{ {' '.join(dimensions)} }} ?subject hz:notRecorded ?blank")

    def _mentioning(self, text: str) -> frozenset[str]:
        properties = "|".join(sorted({predicate(self._columns[name]) for name in _TEXTS}))
        found = self._store.select(f"SELECT ?subject ?said {{ ?subject a cpsv:PublicService ; {properties} ?said }}")
        return frozenset(row[0] for row in found.rows if normalised(text) in normalised(parts(row[1]).text))

    def _subjects(self, pattern: str) -> frozenset[str]:
        return frozenset(row[0] for row in self._store.select(f"SELECT DISTINCT ?subject {{ {pattern} }}").rows)

    def _is_among(self, program: Program, homes: Boxes, subjects: Collection[str]) -> bool:
        return self._addresses.row("programs", program) in subjects or any(self._box(one) in subjects for one in homes)

    def _state(self, box: Box, states: Mapping[str, State], other: State) -> State:
        return states.get(self._box(box), other)

    def _box(self, row: Box) -> str:
        if isinstance(row, Program):
            return part(self._addresses.row("programs", row), "box")
        return self._addresses.row("eligibility", row)


def _states(blank: Iterable[str], recorded: State, boxes: Iterable[str]) -> dict[str, State]:
    """The state of each box; what is recorded counts before a blank beside it."""
    return {**dict.fromkeys(blank, "not_recorded"), **dict.fromkeys(boxes, recorded)}
