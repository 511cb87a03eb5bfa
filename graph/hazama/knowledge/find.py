"""Programmes by category and by person, in plain Python: what ``hazama find`` and the site's search ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from hazama.knowledge.labels import Directory, Label, basis_words, directory, evidence_words, place
from hazama.knowledge.limits import State, admits, admits_age, box_words, condition_lists, worst
from hazama.model.boxes import boxes
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, AgeRange, Limit, Unset
from hazama.model.names import normalised
from hazama.model.records import Eligibility, Program
from hazama.model.town import Municipality
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.knowledge.store import Store

Box: TypeAlias = Program | Eligibility
Boxes: TypeAlias = Sequence[Box]
Picks: TypeAlias = Sequence[Callable[[Program, Boxes], bool]]
Tests: TypeAlias = Sequence[tuple[str, Callable[[Box], State]]]

CLASSES = {
    "theme": "themes",
    "need": "needs",
    "field": "fields",
    "function": "functions",
    "reach": "reach",
    "agency": "agencies",
    "provision": "provisions",
}
"""The table or concept list that each criterion of classification names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What a programme must meet, by id or by name; a criterion left out asks nothing."""

    theme: str | None = None
    need: str | None = None
    field: str | None = None
    function: str | None = None
    reach: str | None = None
    age: int | None = None
    """Completed years of a person."""
    condition: tuple[str, ...] = ()
    """Concepts of any limit, each true of the person: 手帳なし, 一人暮らし."""
    district: str | None = None
    agency: str | None = None
    """Who owns or runs it, sections of the agency included."""
    provision: str | None = None
    """What it or its limits rest on, parts of the provision included."""
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A programme that meets the criteria, or might: a limit that nobody recorded leaves it open."""

    program: Program
    matched: Mapping[str, State]
    """``covered`` or ``not_recorded`` for every criterion asked."""
    name: Label
    reach: Label
    needs: tuple[Label, ...]
    functions: tuple[Label, ...]
    limits: tuple[Label, ...]
    """One text for each box."""
    owner: tuple[Label, ...]
    basis: tuple[Label, ...]
    evidence: Label
    row: Label

    @property
    def state(self) -> State:
        """Whether every criterion is covered."""
        return worst(self.matched.values())


def find(town: Municipality, criteria: Criteria, store: "Store | None" = None) -> list[Match]:
    """The programmes of *town* that meet *criteria*.

    A programme is left out when its classification does not name what was asked or a recorded limit
    excludes the person; a limit not recorded keeps it, marked so. Several boxes of a programme are
    alternatives. Covered come before not recorded, dedicated before included before open, then the
    order of the table. Unknown names raise UsageError. Linear in the rows. *store* may hold the same town: then
    it says what every programme admits.
    """
    known = directory(town)
    wanted, lists = _wanted(known, criteria), _lists(known, criteria)
    if store is None:
        picks, tests = _picks(wanted, criteria.text or ""), _tests(criteria.age, lists)
    else:
        from hazama.knowledge.held import Held

        held = Held(store, town)
        picks, tests = held.picks(wanted, criteria.text or ""), held.tests(criteria.age, lists)
    homes = boxes(town)
    matches = [
        _match(known, program, homes[program.id], {**dict.fromkeys(wanted, "covered"), **states})
        for program in town.programs
        if all(pick(program, homes[program.id]) for pick in picks)
        and (states := _best(tests, homes[program.id])) is not None
    ]
    ranks = {reach: rank for rank, reach in enumerate(town.schemes.get("reach", {}))}
    return sorted(matches, key=lambda match: (match.state != "covered", ranks.get(match.program.reach, len(ranks))))


def match_record(match: Match, lang: str) -> dict[str, object]:
    """A match as text in one language, by the keys that ``find --format json`` promises."""
    return {
        "id": match.program.id,
        "name": match.name.label(lang),
        "reach": match.reach.label(lang),
        "limits": [words.label(lang) for words in match.limits],
        "owner": [words.label(lang) for words in match.owner],
        "basis": [words.label(lang) for words in match.basis],
        "evidence": match.evidence.label(lang),
        "row": match.row.label(lang),
        "layer": match.program.layer,
        "needs": [words.label(lang) for words in match.needs],
        "functions": [words.label(lang) for words in match.functions],
        "classified": list(match.program.classified),
        "source": list(match.program.source),
        "matched": dict(match.matched),
    }


def _wanted(known: Directory, criteria: Criteria) -> dict[str, frozenset[str]]:
    """The ids that satisfy each criterion of classification that was asked."""
    asked = {name: getattr(criteria, name) for name in CLASSES}
    return {name: known.meant((CLASSES[name],), text)[1] for name, text in asked.items() if text is not None}


def _picks(wanted: Mapping[str, frozenset[str]], text: str) -> Picks:
    spoken = normalised(text)

    def mentions(program: Program, _homes: Boxes) -> bool:
        said = (program.name, program.name_en, *program.alt, program.reading, program.description, program.target)
        return any(spoken in normalised(words) for words in said)

    return (partial(_classified, wanted=wanted), mentions)


def _classified(program: Program, homes: Boxes, wanted: Mapping[str, frozenset[str]]) -> bool:
    said: dict[str, Limit] = {
        "theme": program.themes,
        "need": program.needs,
        "field": program.field,
        "function": program.functions,
        "reach": (program.reach,),
        "agency": program.owner + program.operators,
        "provision": program.basis + tuple(id for box in homes for id in box.provision),
    }
    return all(admits(said[name], ids) == "covered" for name, ids in wanted.items())


def _lists(known: Directory, criteria: Criteria) -> list[tuple[str, str, frozenset[str]]]:
    """Criterion, dimension and satisfying ids of every concept and district asked of a person."""
    asked = [("condition", name, condition_lists(known.town)) for name in criteria.condition]
    asked += [("district", criteria.district, ("districts",))] if criteria.district is not None else []
    found = [(criterion, *known.meant(kinds, name)) for criterion, name, kinds in asked]
    return [(criterion, "district" if kind == "districts" else kind, ids) for criterion, kind, ids in found]


def _tests(age: int | None, lists: Sequence[tuple[str, str, frozenset[str]]]) -> Tests:
    """What each criterion of a person asks one box."""
    asked: list[tuple[str, str, int | frozenset[str]]] = [] if age is None else [("age", "age", age)]
    asked += lists
    return [(name, partial(_admits, dimension=dimension, person=person)) for name, dimension, person in asked]


def _admits(box: Box, dimension: str, person: int | frozenset[str]) -> State:
    """What the box says to a person of these years, or of whom one of these is true."""
    limit = box.limits.get(dimension, NOT_RECORDED)
    if isinstance(limit, AgeRange):
        return admits_age(limit, person) if isinstance(person, int) else "not_recorded"
    return admits(limit, () if isinstance(person, int) else person)


def _best(tests: Tests, homes: Boxes) -> dict[str, State] | None:
    """What the most welcoming box answers to each criterion; None when every box excludes the person."""
    open_to: list[dict[str, State]] = []
    for box in homes:
        states: dict[str, State] = {}
        for name, test in tests:
            states[name] = worst((test(box), states.get(name, "covered")))
        if "excluded" not in states.values():
            open_to.append(states)
    return min(open_to, key=lambda states: list(states.values()).count("not_recorded"), default=None)


def _match(known: Directory, program: Program, homes: Boxes, matched: Mapping[str, State]) -> Match:
    return Match(
        program=program,
        matched=matched,
        name=known.label("programs", program.id),
        reach=known.label("reach", program.reach),
        needs=_class_words(known, "needs", program.needs),
        functions=_class_words(known, "functions", program.functions),
        limits=tuple(box_words(known, box) for box in homes),
        owner=tuple(known.label("agencies", id) for id in program.owner),
        basis=basis_words(known, program),
        evidence=evidence_words(known, program),
        row=place(program),
    )


def _class_words(known: Directory, scheme: str, said: Limit) -> tuple[Label, ...]:
    if said is NO_LIMIT:
        return (Label(*phrase("knowledge", "all")),)
    return () if isinstance(said, Unset) else tuple(known.label(scheme, id) for id in said)
