"""From an act to the town: provision → item → programmes of the sector acts → the town's programmes (図2)."""

from collections.abc import Iterator

from hazama.figures.asked import Asked
from hazama.figures.scene import Box, Line, Sketch
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

    def sketch(self) -> Sketch:
        roots = [self.rows[root] for root in self.asked.template.strings("root") if root in self.rows]
        for root in roots:
            self._articles(root)
            for item in self._children(root):
                self._item(root, item)
        if roots:
            self._concepts(("laws", roots[0].law))
        return self.asked.sketch(self.asked.columns(CONCEPTS, LAW, ITEMS, SECTOR, TOWN, ordered=(LAW, ITEMS)))

    def _children(self, root: Provision) -> list[Provision]:
        return [provision for provision in self.rows.values() if provision.parent == root.id]

    def _articles(self, root: Provision) -> None:
        law = self.asked.item(("laws", root.law), "provision", LAW)
        for article in self.asked.template.strings("articles"):
            if article in self.rows:
                self._provision(self.rows[article], LAW, parent=law.id)

    def _provision(self, provision: Provision, area: str, parent: str = "") -> None:
        """Add a provision's box: what it is about, and below where it stands and how binding it is."""
        box = f"provisions/{provision.id}"
        if box not in self.asked.boxes:
            self.asked.used.append(provision)
            where = self._citation(provision)
            binding = self.asked.name("modalities", provision.modality) if provision.modality else ""
            said = (where if provision.heading else "", binding if area in (LAW, ITEMS) else "")
            captions = ("・".join(filter(None, said)),) if any(said) else ()
            name, status = provision.heading or where, provision.status
            self.asked.box(Box(box, name, "provision", area, parent, captions, status=status))

    def _citation(self, provision: Provision) -> str:
        """Return where a provision stands, with the short name of its law if there is one."""
        law = next((law for law in self.asked.town.laws if law.id == provision.law), None)
        where = self.asked.name("provisions", provision.id)
        return where.replace(law.name, law.short) if law and law.short else where

    def _item(self, root: Provision, item: Provision) -> None:
        key: Key = ("provisions", item.id)
        self._provision(item, ITEMS)
        ends = (self._start(root), "/".join(key))
        self.asked.line(("provisions", root.id), "contains", key, item, self.asked.status(item, "parent"), ends)
        beneath = [item, *self._children(item)]
        cited = list(dict.fromkeys(cite for row in beneath for cite in row.cites if cite in self.rows))
        cited = [cite for cite in cited if self.rows[cite].parent not in cited]
        for cite in cited:
            self._provision(self.rows[cite], SECTOR)
            self.asked.line(key, "cites", ("provisions", cite), item)
            self._programs(self.rows[cite])
        if not cited:
            self._programs(item)

    def _start(self, root: Provision) -> str:
        """Return the box of the first column that a root stands in."""
        around = [root.id, root.parent, *(row.id for row in self.rows.values() if row.article == root.article)]
        boxes = (f"provisions/{one}" for one in around)
        return next((box for box in boxes if box in self.asked.boxes), f"laws/{root.law}")

    def _programs(self, provision: Provision) -> None:
        one: Key = ("provisions", provision.id)
        found = list({program.id: (program, status) for program, status in self._found(provision)}.values())
        most = self.asked.template.number("most", 2)
        for program, status in found[:most]:
            self._program(program)
            self.asked.line(one, "implemented_as", ("programs", program.id), program, status)
        for program, status in found[most:]:
            self.asked.state(one, "implemented_as", ("programs", program.id), program, "table", status)
        if not found:
            gap = self.asked.box(Box(f"gap/{provision.id}", self.asked.say("gap"), "gap", TOWN))
            source = "/".join(one)
            tie = Line(source, gap.id, "", "gap", heads=(False, False), bundle=source)
            self.asked.lines.setdefault(tie.id, tie)

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
        self.asked.item(("programs", program.id), "program", TOWN, captions=captions, status=program.status)

    def _concepts(self, law: Key) -> None:
        """Add the town's own system beside the act: concepts inside concepts, tied to the act."""
        known = set()
        for one, link, other in self.asked.links_by("relates"):
            if one == law and other[0] == "ideas":
                self.asked.item(other, "concept", CONCEPTS, status=link.status)
                self.asked.line(law, link.predicate, other, link)
                known.add(other)
        among = [found for found in self.asked.links_by("contains") if found[0][0] == found[2][0] == "ideas"]
        for inner, (outer, link) in {other: (one, link) for one, link, other in among}.items():
            if outer in known:
                self.asked.item(inner, "concept", CONCEPTS, parent="/".join(outer), status=link.status)
                self.asked.state(outer, link.predicate, inner, link, "nested")
                known.add(inner)
