"""The multi-layered support project (重層的支援体制整備事業) cell by cell.

社会福祉法106条の4第2項 orders its projects by item and, in items 1 and 3 only, names a programme of
each field. For every project and field the table tells four things apart: the law lists a programme
and the town has one, the law lists one and the town has none, the law lists nothing here and the town
has something, neither.
"""

from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias

from hazama.audits.audited import Audited
from hazama.audits.ledger import Carriers, Code
from hazama.model.records import Program, Provision, Status
from hazama.model.town import own

Answer: TypeAlias = Literal["there", "listed_only", "town_only", "neither"]

FIELDS = ("elderly", "disability", "children", "poverty")

SOCIAL_WELFARE_ACT = "昭和26年法律第45号"
"""Number of the 社会福祉法, by which any town's layer of law knows it."""

PROJECTS = {
    "consultation": ("1",),
    "participation": ("2",),
    "community": ("3",),
    "outreach": ("4",),
    "coordination": ("5", "6"),
}
"""The five projects by support function, with their items; the support plan of item 6 belongs to the fifth."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One project in one field."""

    project: str
    field: str
    items: tuple[Provision, ...]
    """The items of 106条の4第2項 that make the project."""
    listed: tuple[Provision, ...]
    """The sub-items that name a programme of this field."""
    carried: tuple[Program, ...]
    """Programmes of the town that rest on what is listed, or do this project in this field."""
    general: tuple[Program, ...]
    """Programmes of the town that do this project for all fields at once."""

    @property
    def answer(self) -> Answer:
        """What the cell says; a programme for everybody does not stand in for one that the law lists."""
        if self.listed:
            return "there" if self.carried else "listed_only"
        return "town_only" if self.carried or self.general else "neither"

    @property
    def is_checked(self) -> bool:
        """Whether what the law lists here has been checked against a source."""
        return all(one.status is Status.STATED for one in self.listed)


def projects(audited: Audited) -> list[Cell]:
    """The table, project by project; empty where the town stands on no law that has the article.

    What the law lists is read from all provisions, checked or not; what the town has, from what counts.
    """
    whole, day = audited.whole, audited.scope.as_of
    acts = {law.id for law in whole.laws if law.number == SOCIAL_WELFARE_ACT}
    places = [one for one in whole.provisions if one.law in acts and (one.article, one.paragraph) == ("106_4", "2")]
    items = [one for one in places if one.item and (day is None or one.in_force(day))]
    code, carriers = Code(whole.provisions), Carriers(audited.town)
    programs = sorted(own(audited.town.programs), key=lambda one: one.id)
    cells = []
    for (project, numbers), field in product(PROJECTS.items() if items else (), FIELDS):
        makes = tuple(one for one in items if one.item in numbers and not one.subitem)
        listed = tuple(one for item in makes for one in code.parts(item) if field in one.field)
        served = {id for one in listed for root in (one.id, *one.cites) for id in code.beneath(root)}
        rests = {one.id for one in carriers.programs(served)}
        doing = [one for one in programs if isinstance(one.functions, tuple) and project in one.functions]
        carrying = rests | {one.id for one in doing if field in one.field}
        carried = tuple(one for one in programs if one.id in carrying)
        general = tuple(one for one in doing if "all" in one.field and one.id not in carrying)
        cells.append(Cell(project, field, makes, listed, carried, general))
    return cells
