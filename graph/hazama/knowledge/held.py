"""What ``find`` asks of a store: the programmes of a class and what their boxes say to a person, in small answers."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

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

    def picks(self, wanted: Mapping[str, frozenset[str]], text: str) -> Picks:
        """Whether a programme is of each class that was asked, and mentions the text."""
        found = [self._saying(_properties(COLUMNS[name]), CLASSES[name], ids) for name, ids in wanted.items()]
        if text:
            query = f"SELECT ?subject ?said {{ ?subject a cpsv:PublicService ; {'|'.join(_properties(_TEXTS))} ?said }}"
            said = self._store.select(query).rows
            found.append(frozenset(one for one, words in said if normalised(text) in normalised(parts(words).text)))

        def picks(program: Program, homes: Boxes) -> bool:
            terms = {self._addresses.row("programs", program), *map(self._box, homes)}
            return all(terms & subjects for subjects in found)

        return [picks]

    def tests(self, age: int | None, lists: Sequence[tuple[str, str, frozenset[str]]]) -> Tests:
        """What each criterion of a person asks one box; what is recorded counts before a blank beside it."""
        found: list[tuple[str, dict[str, State], State]] = []
        if age is not None:
            outside = self._subjects(
                f"{{ ?subject hz:minAgeMonths ?n FILTER(?n >= {12 * (age + 1)}) }} UNION "
                f"{{ ?subject hz:maxAgeMonths ?n FILTER(?n < {12 * age}) }}"
            )
            found.append(("age", {**self._blank(YEARS.values()), **dict.fromkeys(outside, "excluded")}, "covered"))
        for criterion, dimension, ids in lists:
            kind = "districts" if dimension == "district" else dimension
            admitting = self._saying(["hz:admits"], kind, ids, dimension)
            states: dict[str, State] = {**self._blank([scheme_term(dimension)]), **dict.fromkeys(admitting, "covered")}
            found.append((criterion, states, "excluded"))

        def state(box: Box, states: Mapping[str, State], other: State) -> State:
            return states.get(self._box(box), other)

        return [(name, partial(state, states=states, other=other)) for name, states, other in found]

    def _saying(self, properties: Iterable[str], kind: str, ids: Iterable[str], dimension: str = "") -> frozenset[str]:
        """The subjects that name one of *ids*, or have no limit there.

        Concepts have one term; rows one in each layer that may mean its own.
        """
        if kind in self._town.schemes:
            terms = {self._addresses.concept(kind, id) for id in ids}
        else:
            terms = {self._addresses.reference((kind,), id, layer.key) for id in ids for layer in self._town.layers}
        said = f"VALUES ?property {{ {' '.join(properties)} }} VALUES ?said {{ {' '.join(sorted(terms))} }}"
        limit = scheme_term(dimension or kind)
        return self._subjects(f"{{ {said} ?subject ?property ?said }} UNION {{ ?subject hz:noLimit {limit} }}")

    def _blank(self, dimensions: Iterable[str]) -> dict[str, State]:
        blank = self._subjects(f"VALUES ?blank {{ {' '.join(dimensions)} }} ?subject hz:notRecorded ?blank")
        return dict.fromkeys(blank, "not_recorded")

    def _subjects(self, pattern: str) -> frozenset[str]:
        return frozenset(row[0] for row in self._store.select(f"SELECT DISTINCT ?subject {{ {pattern} }}").rows)

    def _box(self, row: Box) -> str:
        if isinstance(row, Program):
            return part(self._addresses.row("programs", row), "box")
        return self._addresses.row("eligibility", row)


def _properties(columns: Iterable[str]) -> list[str]:
    """The properties of these columns of programmes, each once."""
    table = declaration()["programs"]
    return sorted({predicate(one) for name in columns if (one := table.column(name))})
