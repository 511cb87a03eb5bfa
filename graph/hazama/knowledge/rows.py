"""A town read back from its network: the inverse of :mod:`~hazama.knowledge.network`.

A network that went through the file of a network tool has lists (node-link JSON) or texts joined by ``; ``
(GraphML) where hazama writes tuples; all three are read. Rows come back with every cell, concepts with
their names, layers with their key and base; what a network never held (licences, definitions) stays blank.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from hazama.knowledge.reading import CONCEPT_TEXTS, EDGE_TABLES, LEFT_OUT, OPEN, PAGES, is_edge
from hazama.knowledge.vocabulary import CONCEPTS
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, AgeRange
from hazama.model.concepts import Concept, Scheme
from hazama.model.dates import Day
from hazama.model.records import Origin, Row, Status
from hazama.model.town import RECORDS, Layer, Municipality
from hazama.tables.ages import age
from hazama.tables.columns import ANY, Column, declaration
from hazama.tables.concepts import packaged, space

if TYPE_CHECKING:
    from hazama.knowledge.network import Network

JOINED = "; "
"""What stands between the values of a set in files that know no sets."""

Said: TypeAlias = Mapping[str, Any]
Ends: TypeAlias = Mapping[str, Sequence[str]]
"""The nodes that a row refers to, by column."""


def town_from_network(found: "Network") -> Municipality:
    """The town that a network holds, also one that was read from a file."""
    bases = {"": str(found.graph["base"])}
    bases |= dict(entry.split(" ", 1) for entry in _values(found.graph.get("layers", ())))
    rows: dict[str, Any] = {table: [] for table in RECORDS}
    beyond: dict[tuple[str, str], Row] = {}
    for table, id, said, ends in _stated(found):
        row = _row(table, id, said, found, ends)
        if said.get(LEFT_OUT):
            beyond[table, id] = row
        else:
            rows[table].append(row)
    return Municipality(
        layers=tuple(Layer(key, "" if key else str(found.graph["name"]), "", base) for key, base in bases.items()),
        schemes=_schemes(found, bases),
        space=space(),
        beyond=beyond,
        **{table: tuple(sorted(content, key=_place)) for table, content in rows.items()},
    )


def _stated(found: "Network") -> Iterator[tuple[str, str, Said, Ends]]:
    """Table, id, attributes and references of every row, whether a node or an edge holds it."""
    for node, said in found.nodes(data=True):
        if said.get("kind") in RECORDS:
            ends: dict[str, list[str]] = {}
            for _, target, key in found.out_edges(node, keys=True):
                ends.setdefault(key, []).append(target)
            yield said["kind"], _id(said["iri"]), {**said, "kind": said.get("subkind")}, ends
    for start, end, key, said in found.edges(keys=True, data=True):
        table, _, id = key.rpartition(":")[2].partition("/")
        if table in EDGE_TABLES:
            first, second = EDGE_TABLES[table]
            yield table, id, said, {first: [start], second: [end], "source": _values(said.get("sources", ()))}


def _row(table: str, id: str, said: Said, found: "Network", ends: Ends) -> Row:
    cells: dict[str, Any] = {}
    limits: dict[str, Any] = {}
    ages = {"min_age": NOT_RECORDED, "max_age": NOT_RECORDED}
    for column in declaration()[table].columns:
        value = _value(column, said, _named(found, column, ends.get(column.name, ())))
        if column.kind == "age":
            ages[column.name] = NOT_RECORDED if value is None else value
        elif value is not None:
            (limits if column.dimension else cells)[column.name] = value
        elif column.required:
            cells[column.name] = id if column.kind == "id" else ""
    if any(end is not NOT_RECORDED for end in ages.values()):
        limits["age"] = AgeRange(ages["min_age"], ages["max_age"])
    if limits:
        cells["limits"] = limits
    extra = {name.removeprefix("extra:"): value for name, value in said.items() if name.startswith("extra:")}
    origin = Origin(said["file"], said["row"], said.get("sheet", ""))
    return RECORDS[table](origin=origin, layer=said.get("layer", ""), extra=extra, **cells)


def _value(column: Column, said: Said, named: tuple[str, ...]) -> Any:
    """The value of a cell; None where the network says nothing."""
    text = said.get(column.name)
    if column.kind == "id":
        return None
    if column.kind == "source":
        return (*named, *_values(said.get(PAGES, ())))
    if text == OPEN and (column.dimension or column.kind == "class"):
        return NO_LIMIT
    if is_edge(column):
        return (named if column.separator else named[0]) if named else None
    if text is None:
        return None
    if column.name == "status":
        return Status(text)
    match column.kind:
        case "age":
            return age(text)
        case "day":
            return Day(text)
    return _values(text) if column.separator else text


def _named(found: "Network", column: Column, nodes: Iterable[str]) -> tuple[str, ...]:
    """How a cell names these nodes: the id, or ``table/id`` or ``list/id`` where it may name several kinds."""
    addresses = (str(found.nodes[node]["iri"]) for node in nodes)
    is_plain = len(column.references) < 2 and column.references != (ANY,)
    return tuple(_id(address) if is_plain else "/".join(address.rsplit("/", 2)[-2:]) for address in addresses)


def _values(joined: Any) -> tuple[str, ...]:
    return tuple(joined.split(JOINED) if isinstance(joined, str) and joined else joined)


def _id(address: str) -> str:
    return address.rpartition("/")[2]


def _place(row: Row) -> tuple[str, int]:
    return row.layer, row.origin.row


def _schemes(found: "Network", bases: Mapping[str, str]) -> Mapping[str, Scheme]:
    """The lists that travel with hazama, and the concepts that a layer adds."""
    schemes = {name: dict(scheme) for name, scheme in packaged().items()}
    for _, said in found.nodes(data=True):
        address, layer = str(said["iri"]), said.get("layer", "")
        if not address.startswith(CONCEPTS) and address.startswith(f"{bases.get(layer)}concepts/"):
            id, scheme = _id(address), said["kind"]
            texts = {name: said.get(name, "") for name in CONCEPT_TEXTS}
            schemes.setdefault(scheme, {})[id] = Concept(
                id, scheme, alt=_values(said.get("alt", ())), layer=layer, **texts
            )
    return schemes
