"""One thing in the middle, what is tied to it beside it, and one step further outside."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hazama.figures.asked import TABLES, Asked
from hazama.figures.scene import Statement
from hazama.figures.sketch import Area, Item, Sketch, Tie
from hazama.model.errors import UsageError
from hazama.model.records import Row, Status
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.knowledge.network import Network

KINDS = {"bodies": "body", "agencies": "unit", "programs": "program", "provisions": "provision", "laws": "provision"}
OUT2, OUT1, MIDDLE, IN1, IN2 = "out2", "out1", "middle", "in1", "in2"


@dataclass(frozen=True, slots=True)
class _Step:
    """A relation one step further out, the node it leads to and the zone of that."""

    tie: Tie
    new: str
    area: str


def around(asked: Asked) -> Sketch:
    """Return the sketch of one row with its neighbours to two steps; UsageError without a known ``about``.

    What points to it stands left, what it points to right. Options: ``leave_out`` kinds of nodes; ``most`` neighbours
    on one side, ``most_further`` of a neighbour.
    """
    from hazama.knowledge.network import network

    if not asked.wishes.about:
        example = next((f"programs/{program.id}" for program in asked.town.programs), "programs/ID")
        raise UsageError(*phrase("figures", "about_needed", figure=asked.template.figure, example=example))
    key = asked.known.resolve(asked.wishes.about, TABLES)
    graph = network(asked.town)
    left_out = asked.template.strings("leave_out")
    graph.remove_nodes_from([node for node, said in graph.nodes(data=True) if said.get("kind") in (None, *left_out)])
    return _Around(asked, graph, "/".join(key)).sketch()


class _Around:
    def __init__(self, asked: Asked, graph: "Network", centre: str) -> None:
        self.asked, self.graph, self.centre = asked, graph, centre
        self.items: dict[str, Item] = {}
        self.ties: dict[str, Tie] = {}

    def sketch(self) -> Sketch:
        if self.centre not in self.graph:
            return self.asked.sketch(())
        self._item(self.centre, MIDDLE, focus=True)
        first = self._steps(self.centre, self.asked.template.number("most", 9), (IN1, OUT1))
        for step in first:
            self._take(step)
        for step in first:
            outward = (IN2, IN2) if step.area == IN1 else (OUT2, OUT2)
            for further in self._steps(step.new, self.asked.template.number("most_further", 2), outward):
                self._take(further)
        used = {item.area for item in self.items.values()}
        shown = [area for area in (IN2, IN1, MIDDLE, OUT1, OUT2) if area in used]
        areas = tuple(Area(area, self.asked.say(area), place, columns=1) for place, area in enumerate(shown))
        return self.asked.sketch(tuple(self.items.values()), tuple(self.ties.values()), areas)

    def _steps(self, node: str, most: int, areas: tuple[str, str]) -> list[_Step]:
        """Return the relations of a node to nodes not drawn yet, as many as wanted on either side."""
        found: dict[str, list[_Step]] = {areas[0]: [], areas[1]: []}
        taken = set(self.items)
        edges = [(one, other, said) for one, other, said in self.graph.in_edges(node, data=True)]
        edges += [(one, other, said) for one, other, said in self.graph.out_edges(node, data=True)]
        for one, other, said in sorted(edges, key=lambda edge: (edge[0], edge[1], str(edge[2].get("kind")))):
            area, new = (areas[0], one) if other == node else (areas[1], other)
            if new not in taken and len(found[area]) < most:
                taken.add(new)
                status = Status(str(said.get("status", "stated")))
                tie = Tie(one, other, self._words(said), "relation", status, bundle=node)
                found[area].append(_Step(tie, new, area))
        return list(dict.fromkeys([*found[areas[0]], *found[areas[1]]]))

    def _words(self, said: dict[str, object]) -> str:
        concept = self.asked.town.concept("predicates", str(said.get("kind")))
        if concept:
            return concept.label(self.asked.wishes.lang)
        kind = str(said.get("kind", ""))
        return str(said.get("label", kind)) if self.asked.wishes.lang == "ja" else kind.replace("_", " ")

    def _take(self, step: _Step) -> None:
        if step.new in self.items:
            return
        self._item(step.new, step.area)
        tie, where = step.tie, self._where(step.new)
        said = Statement(self._name(tie.source), tie.text, self._name(tie.target), tie.status, where)
        self.asked.statements.append(said)
        self.ties[tie.id] = tie

    def _name(self, node: str) -> str:
        table, _, row_id = node.partition("/")
        known = (table, row_id) in self.asked.known.entries
        return self.asked.name(table, row_id) if known else str(self.graph.nodes[node]["label"])

    def _where(self, node: str) -> str:
        table, _, row_id = node.partition("/")
        row = self.asked.known.entries.get((table, row_id))
        if not isinstance(row, Row):
            return ""
        self.asked.used.append(row)
        return self.asked.source(row)

    def _item(self, node: str, area: str, *, focus: bool = False) -> None:
        said = self.graph.nodes[node]
        table = node.partition("/")[0]
        kind = "focus" if focus else KINDS.get(table, "place" if table == "districts" else "concept")
        caption = self.asked.say(table)
        status = Status(str(said.get("status", "stated")))
        self.items[node] = Item(
            node, self._name(node), kind, area, captions=(caption,) if caption else (), status=status
        )
