"""From an act to the town: provision → item → programmes of the sector acts → the town's programmes (図2)."""

from collections.abc import Iterator

from hazama.figures.asked import Asked
from hazama.figures.sketch import Area, Item, Sketch, Tie
from hazama.knowledge.labels import Key
from hazama.model.records import Program, Provision, Status

LAW, ITEMS, SECTOR, TOWN, CONCEPTS = "law", "items", "sector", "town", "concepts"


def provisions(asked: Asked) -> Sketch:
    """Return the ribbon from a provision to the town's programmes.

    Options: ``root`` the provision whose items are followed; ``articles`` shown in the first column; ``contains``
    predicates that nest concepts, ``relates`` those that tie the act to them; ``most`` programmes per provision.
    """
    return _Ribbon(asked).sketch()


class _Ribbon:
    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.rows = {provision.id: provision for provision in asked.town.provisions}
        self.items: dict[str, Item] = {}
        self.ties: dict[str, Tie] = {}

    def sketch(self) -> Sketch:
        roots = [self.rows[root] for root in self.asked.template.strings("root") if root in self.rows]
        for root in roots:
            self._articles(root)
            for item in self._children(root):
                self._item(root, item)
        if roots:
            self._concepts(roots[0])
        ordered = tuple(self.items.values())
        return self.asked.sketch(ordered, tuple(self.ties.values()), self._areas(ordered) if ordered else None)

    def _areas(self, items: tuple[Item, ...]) -> tuple[Area, ...]:
        used = {item.area for item in items}
        return tuple(
            Area(area, self.asked.say(area), place, columns=1, ordered=area in (LAW, ITEMS))
            for place, area in enumerate(area for area in (CONCEPTS, LAW, ITEMS, SECTOR, TOWN) if area in used)
        )

    def _children(self, root: Provision) -> list[Provision]:
        return [provision for provision in self.rows.values() if provision.parent == root.id]

    def _articles(self, root: Provision) -> None:
        law = f"laws/{root.law}"
        self.items[law] = self.asked.item(("laws", root.law), "provision", LAW)
        for article in self.asked.template.strings("articles"):
            provision = self.rows.get(article)
            if provision:
                self._provision(provision, LAW, parent=law)

    def _provision(self, provision: Provision, area: str, parent: str = "") -> str:
        """Add a provision's box: what it is about, and below where it stands and how binding it is."""
        box = f"provisions/{provision.id}"
        if box not in self.items:
            self.asked.used.append(provision)
            where = self._citation(provision)
            binding = self.asked.name("modalities", provision.modality) if provision.modality else ""
            said = (where if provision.heading else "", binding if area in (LAW, ITEMS) else "")
            caption = "・".join(part for part in said if part)
            self.items[box] = Item(
                box,
                provision.heading or where,
                "provision",
                area,
                parent=parent,
                captions=(caption,) if caption else (),
                status=provision.status,
            )
        return box

    def _citation(self, provision: Provision) -> str:
        """Return where a provision stands, with the short name of its law if there is one."""
        law = next((law for law in self.asked.town.laws if law.id == provision.law), None)
        where = self.asked.name("provisions", provision.id)
        return where.replace(law.name, law.short) if law and law.short else where

    def _item(self, root: Provision, item: Provision) -> None:
        box = self._provision(item, ITEMS)
        status = self.asked.status(item, "parent")
        self._tie(self._start(root), box, "contains", status)
        self.asked.state(("provisions", root.id), "contains", ("provisions", item.id), item, "line", status)
        beneath = [item, *self._children(item)]
        cited = list(dict.fromkeys(cite for row in beneath for cite in row.cites if cite in self.rows))
        cited = [cite for cite in cited if self.rows[cite].parent not in cited]
        for cite in cited:
            self._tie(box, self._provision(self.rows[cite], SECTOR), "cites", item.status)
            self.asked.state(("provisions", item.id), "cites", ("provisions", cite), item, "line")
            self._programs(self.rows[cite])
        if not cited:
            self._programs(item)

    def _start(self, root: Provision) -> str:
        """Return the box of the first column that a root stands in."""
        around = [root.id, root.parent, *(row.id for row in self.rows.values() if row.article == root.article)]
        boxes = (f"provisions/{one}" for one in around)
        return next((box for box in boxes if box in self.items), f"laws/{root.law}")

    def _programs(self, provision: Provision) -> None:
        found = list({program.id: (program, status) for program, status in self._found(provision)}.values())
        most = self.asked.template.number("most", 2)
        for place, (program, status) in enumerate(found):
            key: Key = ("programs", program.id)
            shown = "line" if place < most else "table"
            self.asked.state(("provisions", provision.id), "implemented_as", key, program, shown, status)
            if place < most:
                self._program(program)
                self._tie(f"provisions/{provision.id}", f"programs/{program.id}", "implemented_as", status)
        if not found:
            gap = f"gap/{provision.id}"
            self.items[gap] = Item(gap, self.asked.say("gap"), "gap", TOWN)
            self._tie(f"provisions/{provision.id}", gap, "gap", Status.STATED, headless=True)

    def _found(self, provision: Provision) -> Iterator[tuple[Program, Status]]:
        """Yield the town's programmes that rest on a provision, by their basis or by a stated relation."""
        within = self.asked.known.beneath("provisions", provision.id)
        programs = {program.id: program for program in self.asked.town.programs if not program.layer}
        for program in programs.values():
            if not within.isdisjoint(program.basis):
                yield program, self.asked.status(program, "basis")
        for one, link, other in self.asked.links:
            rests = one[0] == "provisions" and one[1] in within and other[1] in programs
            if rests and link.predicate == "implemented_as":
                yield programs[other[1]], link.status

    def _program(self, program: Program) -> None:
        owners = "・".join(self.asked.name("agencies", owner) for owner in program.owner[:2])
        captions = (self.asked.say("owner", names=owners),) if owners else ()
        item = self.asked.item(("programs", program.id), "program", TOWN, captions=captions, status=program.status)
        self.items.setdefault(item.id, item)

    def _concepts(self, root: Provision) -> None:
        """Add the town's own system beside the act: concepts inside concepts, tied to the act."""
        contains, relates = self.asked.template.strings("contains"), self.asked.template.strings("relates")
        nested = {other: (one, link) for one, link, other in self.asked.links if one[0] == other[0] == "ideas"
                  and link.predicate in contains}  # fmt: skip
        tops = [
            (link, other)
            for one, link, other in self.asked.links
            if one == ("laws", root.law) and link.predicate in relates and other[0] == "ideas"
        ]
        for link, top in tops:
            self._concept(top, "", link.status)
            self.asked.state(("laws", root.law), link.predicate, top, link, "line")
            self._tie(f"laws/{root.law}", "/".join(top), link.predicate, link.status)
        known = {"/".join(top) for _, top in tops}
        for inner, (outer, link) in nested.items():
            if "/".join(outer) in known:
                self._concept(inner, "/".join(outer), link.status)
                self.asked.state(outer, link.predicate, inner, link, "nested")
                known.add("/".join(inner))

    def _concept(self, key: Key, parent: str, status: Status) -> None:
        item = self.asked.item(key, "concept", CONCEPTS, parent=parent, status=status)
        self.items.setdefault(item.id, item)

    def _tie(self, one: str, other: str, kind: str, status: Status, *, headless: bool = False) -> None:
        tie = Tie(one, other, "", kind, status, (False, not headless), bundle=one)
        self.ties.setdefault(tie.id, tie)
