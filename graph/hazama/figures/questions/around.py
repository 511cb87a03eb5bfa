"""One thing in the middle, what is tied to it beside it, and one step further outside."""

from typing import TYPE_CHECKING

from hazama.figures.asked import TABLES, Asked
from hazama.figures.scene import Box, Line, Sketch, Statement
from hazama.model.errors import UsageError
from hazama.model.records import Row, Status
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.knowledge.network import Network

KINDS = {
    **{"bodies": "body", "agencies": "unit", "programs": "program", "provisions": "provision", "laws": "provision"},
    "districts": "place",
}
OUT2, OUT1, MIDDLE, IN1, IN2 = "out2", "out1", "middle", "in1", "in2"


def around(asked: Asked) -> Sketch:
    """Return the sketch of one row with its neighbours to two steps; UsageError without a known ``about``.

    What points to it stands left, what it points to right. Options: ``leave_out`` kinds of nodes; ``most`` neighbours
    on one side, ``most_further`` of a neighbour.
    """
    from hazama.knowledge.network import network

    if not asked.wishes.about:
        example = next((f"programs/{program.id}" for program in asked.town.programs), "programs/ID")
        raise UsageError(*phrase("figures", "about_needed", figure=asked.template.figure, example=example))
    centre = "/".join(asked.known.resolve(asked.wishes.about, TABLES))
    graph = network(asked.town)
    left_out = asked.template.strings("leave_out")
    graph.remove_nodes_from([node for node, said in graph.nodes(data=True) if said.get("kind") in (None, *left_out)])
    if centre not in graph:
        return asked.sketch()
    _box(asked, graph, centre, MIDDLE)
    beside = _step(asked, graph, centre, asked.template.number("most", 9), (IN1, OUT1))
    for node, area in beside:
        further = IN2 if area == IN1 else OUT2
        _step(asked, graph, node, asked.template.number("most_further", 2), (further, further))
    return asked.sketch(asked.columns(IN2, IN1, MIDDLE, OUT1, OUT2))


def _step(asked: Asked, graph: "Network", node: str, most: int, areas: tuple[str, str]) -> list[tuple[str, str]]:
    """Add as many neighbours of a node as wanted on either side that are not drawn yet, and return their zones."""
    found: dict[str, dict[str, Line]] = {area: {} for area in areas}
    edges = [*graph.in_edges(node, data=True), *graph.out_edges(node, data=True)]
    for one, other, said in sorted(edges, key=lambda edge: (edge[0], edge[1], str(edge[2].get("kind")))):
        area, new = (areas[0], one) if other == node else (areas[1], other)
        seen = new in asked.boxes or any(new in ties for ties in found.values())
        if not seen and len(found[area]) < most:
            found[area][new] = Line(one, other, _words(asked, said), "relation", _status(said), bundle=node)
    for area, ties in found.items():
        for new, tie in ties.items():
            _box(asked, graph, new, area)
            ends = _name(asked, graph, tie.source), tie.text, _name(asked, graph, tie.target)
            table, _, row_id = new.partition("/")
            row = asked.known.entries.get((table, row_id))
            asked.used += [row] if isinstance(row, Row) else []
            source = asked.source(row) if isinstance(row, Row) else ""
            asked.statements.append(Statement(*ends, tie.status, source))
            asked.lines[tie.id] = tie
    return [(new, area) for area, ties in found.items() for new in ties]


def _status(said: dict[str, object]) -> Status:
    return Status(str(said.get("status", "stated")))


def _words(asked: Asked, said: dict[str, object]) -> str:
    kind, lang = str(said.get("kind", "")), asked.wishes.lang
    concept = asked.town.concept("predicates", kind)
    if concept:
        return concept.label(lang)
    return str(said.get("label", kind)) if lang == "ja" else kind.replace("_", " ")


def _name(asked: Asked, graph: "Network", node: str) -> str:
    table, _, row_id = node.partition("/")
    known = (table, row_id) in asked.known.entries
    return asked.name(table, row_id) if known else str(graph.nodes[node]["label"])


def _box(asked: Asked, graph: "Network", node: str, area: str) -> None:
    table = node.partition("/")[0]
    kind = "focus" if area == MIDDLE else KINDS.get(table, "concept")
    captions = (asked.say(table),) if asked.say(table) else ()
    status = _status(graph.nodes[node])
    asked.box(Box(node, _name(asked, graph, node), kind, area, captions=captions, status=status))
