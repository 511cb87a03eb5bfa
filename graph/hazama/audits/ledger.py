"""The law ledger: each provision that binds or empowers the town, and who carries it out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from hazama.knowledge.labels import Key
from hazama.model.records import Body, Program, Provision
from hazama.model.town import Municipality, own

C = TypeVar("C", Program, Body)

MODALITIES = ("duty", "best_effort", "optional")
"""What binds or empowers: 義務, 努力義務, 任意; definitions and delegations do neither."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One provision with what of the town rests on it."""

    provision: Provision
    bearers: tuple[str, ...]
    """Who is bound; read from the same article where the provision itself names nobody, () where none does."""
    programs: tuple[Program, ...]
    bodies: tuple[Body, ...]

    @property
    def is_orphan(self) -> bool:
        """Whether nothing of the town carries it out."""
        return not (self.programs or self.bodies)

    @property
    def agencies(self) -> tuple[str, ...]:
        """Who answers for it: owners and operators of programmes, secretariats of bodies; sorted."""
        programs = {agency for one in self.programs for agency in one.owner + one.operators}
        return tuple(sorted(programs.union(*(one.secretariat + one.convener for one in self.bodies))))


def ledger(town: Municipality) -> list[Entry]:
    """One entry for each provision that binds or empowers the town, or does not say whom; in table order."""
    code = Code(town.provisions)
    carriers = Carriers(town)
    roles = town_roles(town)
    entries = []
    for provision in town.provisions:
        bearers = code.bearers(provision)
        if provision.modality in MODALITIES and (not bearers or roles & set(bearers)):
            served = code.served_by(provision)
            entries.append(Entry(provision, bearers, carriers.programs(served), carriers.bodies(served)))
    return entries


def town_roles(town: Municipality) -> frozenset[str]:
    """What a provision calls this town: a city runs a welfare office (社会福祉法14条), a 町 or 村 need not."""
    rural = town.name.endswith(("町", "村"))
    return frozenset({"municipality"} if rural else {"municipality", "welfare_office"})


class Code:
    """The provisions of a town's law, by place."""

    def __init__(self, provisions: Iterable[Provision]) -> None:
        self._by_id = {one.id: one for one in provisions}
        self._children: Mapping[str, list[Provision]] = defaultdict(list)
        self._articles: Mapping[tuple[str, str], list[Provision]] = defaultdict(list)
        for one in self._by_id.values():
            self._children[one.parent].append(one)
            if one.article:
                self._articles[one.law, one.article].append(one)

    def above(self, provision: Provision) -> list[Provision]:
        """The provisions that it is part of, nearest first."""
        chain: list[Provision] = []
        parent = self._by_id.get(provision.parent)
        while parent is not None and parent not in chain:
            chain.append(parent)
            parent = self._by_id.get(parent.parent)
        return chain

    def beneath(self, id: str) -> list[str]:
        """The provision and its items and sub-items, by id."""
        found = [id]
        for one in found:
            found += [child.id for child in self._children.get(one, ()) if child.id not in found]
        return found

    def parts(self, provision: Provision) -> list[Provision]:
        """Its items or sub-items, one level down."""
        return list(self._children.get(provision.id, ()))

    def bearers(self, provision: Provision) -> tuple[str, ...]:
        """Whom it binds: as it says, else as what it is part of says, else as its article says first."""
        article = self._articles.get((provision.law, provision.article), [])
        named = [one for one in [provision, *self.above(provision), *article] if one.bearer]
        return named[0].bearer if named else ()

    def served_by(self, provision: Provision) -> frozenset[str]:
        """The provisions that a programme may rest on to carry this one out.

        Itself and its parts, the paragraph that it is part of, what it cites (a duty often only
        names the projects it orders), and the definitions of its own article.
        """
        article = self._articles.get((provision.law, provision.article), [])
        defined = [one.id for one in article if one.modality == "definition"]
        roots = [provision.id, *provision.cites, *defined]
        beneath = {id for root in roots for id in self.beneath(root)}
        return frozenset(beneath | {one.id for one in self.above(provision)})


class Carriers:
    """The town's own programmes and bodies by the provisions they rest on."""

    def __init__(self, town: Municipality) -> None:
        self._programs: dict[str, list[Program]] = defaultdict(list)
        self._bodies: dict[str, list[Body]] = defaultdict(list)
        schemes = {one.id: one for one in town.programs}
        for program in own(town.programs):
            for basis in bases(program, schemes):
                self._programs[basis].append(program)
        for body in own(town.bodies):
            for basis in body.basis:
                self._bodies[basis].append(body)

    def programs(self, provisions: Collection[str]) -> tuple[Program, ...]:
        """The programmes that rest on any of these provisions, each once, by id."""
        return _once(self._programs.get(id, []) for id in provisions)

    def bodies(self, provisions: Collection[str]) -> tuple[Body, ...]:
        """The bodies that rest on any of these provisions, each once, by id."""
        return _once(self._bodies.get(id, []) for id in provisions)

    def resting(self, provisions: Collection[str]) -> list[Key]:
        """The programmes, then the bodies, that rest on any of these provisions."""
        programs, bodies = self.programs(provisions), self.bodies(provisions)
        return [*(("programs", one.id) for one in programs), *(("bodies", one.id) for one in bodies)]


def bases(program: Program, schemes: Mapping[str, Program]) -> tuple[str, ...]:
    """The provisions a programme rests on, with those of the national programmes that it implements."""
    implied = (basis for id in program.implements if id in schemes for basis in schemes[id].basis)
    return tuple(dict.fromkeys((*program.basis, *implied)))


def _once(groups: Iterable[list[C]]) -> tuple[C, ...]:
    by_id = {row.id: row for group in groups for row in group}
    return tuple(by_id[id] for id in sorted(by_id))
