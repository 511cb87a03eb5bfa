"""A town as a NetworkX MultiDiGraph, and the town read back from one.

Nodes are rows, keyed ``table/id`` (``agencies/welfare``), and the concepts that rows refer to
(``needs/withdrawal``) or a layer adds. Edges are references, keyed by their column; a row of ``members`` or
``links`` is itself one edge, keyed ``members/<row number>``. Whatever a row says is an attribute under the name
of its column; ``id``, ``source``, ``target`` of an edge and ``key`` are left to the files of network tools, which
use these words themselves. A row that a view leaves out is a node only where another names it, then with
``left_out`` and without edges of its own. The network itself has ``name``, ``base`` (the town's address) and
``layers`` (key and address of what it stands on). Network → triples → network keeps everything, and so does
triples → network → triples of what they say about rows.

=========  ====================================================================================
attribute  of nodes and edges
=========  ====================================================================================
kind       the table or concept list of a node; the column, ``member`` or relation of an edge
subkind    the column ``kind`` of a row: a concept of ``agency_kinds``, ``law_kinds`` …
label      what people call it, in Japanese
status     ``stated``, ``inferred`` or ``unverified``; an edge of an inferred column is inferred
since      since when, as exactly as it is known; ``until`` likewise
layer      key of the layer that the row belongs to
iri        the address of the node in RDF
pages      addresses that the row names as its source; sources with a row of their own are edges,
           and ``sources`` of an edge that is a row
=========  ====================================================================================

A cell with several values is a set in sorted order; a blank cell is absent; "no limit" is the word ``no_limit``.
References to rows, and lists of concepts (needs, functions, field), are edges; a single concept (kind, zone, role,
status) and a limit are attributes that hold ids. An owner that is not recorded is no node: it would connect
programmes that have nothing in common.

A network that went through the file of a network tool has lists (node-link JSON) or texts joined by ``; ``
(GraphML) where hazama writes tuples; all three are read. Rows come back with every cell, concepts with
their names, layers with their key and base; what a network never held (licences, definitions) stays blank.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, TypeAlias

from hazama.knowledge import terms
from hazama.knowledge.addresses import Addresses
from hazama.knowledge.mapping import is_address, value_term
from hazama.knowledge.reading import CONCEPT_TEXTS, OPEN, assembled, named, record, town_from_triples
from hazama.knowledge.terms import Triple
from hazama.knowledge.triples import TOLD, statements
from hazama.knowledge.vocabulary import CONCEPTS
from hazama.model.cells import Age, Unset
from hazama.model.concepts import Concept, Scheme
from hazama.model.records import Origin, Row, Status
from hazama.model.town import RECORDS, Layer, Municipality
from hazama.tables.ages import age_text
from hazama.tables.columns import Column, declaration
from hazama.tables.concepts import packaged
from hazama.tables.writing import cell_value

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Graph

    Network: TypeAlias = nx.MultiDiGraph[str]

Attribute: TypeAlias = str | int | float | tuple[str, ...]
"""What a node or edge may carry; a tuple is a set in sorted order."""

EDGE_TABLES = {"members": ("body", "agency"), "links": ("subject", "object")}
"""Tables whose rows are edges of a network, with the columns of their ends."""
JOINED = "; "
"""What stands between the values of a set in files that know no sets."""
_LABELS = {
    "label": ("name", "ja", "heading", "statement", "title"),
    "label_en": ("name_en", "en", "statement_en"),
}
_TIMES = ("since", "until")


def network(town: Municipality) -> "Network":
    """Everything in a town as a directed multigraph; take a :func:`~hazama.model.view.view` first."""
    import networkx as nx

    below = tuple(f"{one.key} {one.base}" for one in sorted(town.layers, key=lambda one: one.key) if one.key)
    made: Network = nx.MultiDiGraph(name=town.name, base=town.layer.base, layers=below)
    drawn = _Drawing(town)
    for entry in drawn.entries:
        is_own = entry.table in declaration() or not entry.term.startswith(f"<{CONCEPTS}")
        if is_own and entry.table not in EDGE_TABLES and "left_out" not in entry.attributes:
            made.add_node(drawn.key(entry.term), **entry.node())
    for term in sorted({term for entry in drawn.entries for _, term in entry.references}):
        if drawn.key(term) not in made:
            known = drawn.by_term.get(term)
            made.add_node(drawn.key(term), **(known.node() if known else {"iri": terms.address(term)}))
    for entry in sorted(drawn.entries, key=lambda entry: entry.term):
        for start, end, key, attributes in drawn.edges(entry):
            made.add_edge(drawn.key(start), drawn.key(end), key, **attributes)
    return made


def network_from_triples(triples: Iterable[Triple]) -> "Network":
    """The network that these triples of a town hold."""
    return network(town_from_triples(triples))


def network_from_graph(graph: "Graph") -> "Network":
    """The network that an rdflib Graph of a town holds."""
    return network_from_triples(statements(graph.serialize(format="nt")))


def town_from_network(found: "Network") -> Municipality:
    """The town that a network holds, also one that was read from a file."""
    bases = {"": str(found.graph["base"])}
    bases |= dict(entry.split(" ", 1) for entry in _values(found.graph.get("layers")))
    rows: dict[str, list[Row]] = {table: [] for table in RECORDS}
    beyond: dict[tuple[str, str], Row] = {}
    for table, id, said, ends in _stated(found):
        row = _row(table, id, said, {name: [str(found.nodes[one]["iri"]) for one in ends[name]] for name in ends})
        if said.get("left_out"):
            beyond[table, id] = row
        else:
            rows[table].append(row)
    layers = tuple(Layer(key, "" if key else str(found.graph["name"]), "", base) for key, base in bases.items())
    return assembled(layers, rows, beyond, _schemes(found, bases))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row or concept as the network has it."""

    term: str
    table: str
    """Name of the table, or of the concept list."""
    layer: str
    attributes: Mapping[str, Attribute]
    references: tuple[tuple[str, str], ...] = ()
    """Column and term of the target, each pair once, sorted."""

    @property
    def id(self) -> str:
        """The last part of its address."""
        return terms.address(self.term).rpartition("/")[2]

    def node(self) -> dict[str, Attribute]:
        """The attributes of its node."""
        said = {("subkind" if name == "kind" else name): value for name, value in self.attributes.items()}
        for label, names in _LABELS.items():
            if held := [said[name] for name in names if name in said]:
                said[label] = held[0]
        said.setdefault("label", self.id)
        return {**said, "kind": self.table, "layer": self.layer, "iri": terms.address(self.term)}


class _Drawing:
    """The entries of a town, the edges among them, and the keys of what they join."""

    def __init__(self, town: Municipality) -> None:
        self._town, self._addresses = town, Addresses(town)
        self._target = cache(partial(value_term, addresses=self._addresses))
        self.entries = list(self._all())
        self.by_term = {entry.term: entry for entry in self.entries}

    def key(self, term: str) -> str:
        """``table/id``; ``layer:table/id`` where a layer above has the same."""
        return self._keys.get(term) or terms.address(term)

    @cached_property
    def _keys(self) -> dict[str, str]:
        """The key of every entry by its term; the town comes before what it stands on."""
        keys: dict[str, str] = {}
        taken: set[str] = set()
        for entry in sorted(self.entries, key=lambda entry: (entry.layer, entry.term)):
            key = f"{entry.table}/{entry.id}"
            keys[entry.term] = f"{entry.layer}:{key}" if key in taken else key
            taken.add(key)
        return keys

    def edges(self, entry: _Entry) -> Iterator[tuple[str, str, str, dict[str, Attribute]]]:
        """Start, end, key and attributes of the edges that an entry states, or is."""
        if entry.table in EDGE_TABLES:
            ends = dict(entry.references)
            start, end = (ends[column] for column in EDGE_TABLES[entry.table])
            kind = str(entry.attributes.get("predicate", "member"))
            relation = self._town.concept("predicates", kind)
            label = relation.ja if relation else declaration()[entry.table].ja
            sources = {self.key(target) for column, target in entry.references if column == "source"}
            more: dict[str, Attribute] = {"sources": tuple(sorted(sources))} if sources else {}
            more |= {"kind": kind, "label": label, "layer": entry.layer}
            yield start, end, self.key(entry.term), {**entry.attributes, **more}
            return
        inferred: Any = entry.attributes.get("inferred", ())
        times = {time: entry.attributes[time] for time in _TIMES if time in entry.attributes}
        for name, target in entry.references:
            column = declaration()[entry.table].column(name)
            status = "inferred" if name in inferred else entry.attributes.get("status", "stated")
            attributes = {"kind": name, "layer": entry.layer, "status": status, **times}
            yield entry.term, target, name, attributes | ({"label": column.title("ja")} if column else {})

    def _all(self) -> Iterator[_Entry]:
        for table, rows in self._town.tables():
            for row in rows:
                yield self._entry(table, row, declaration()[table].columns)
        for (table, _), row in self._town.beyond.items():
            columns = [one for one in declaration()[table].columns if one.name in TOLD]
            told = self._entry(table, replace(row, extra={}), columns)
            yield _Entry(told.term, table, told.layer, {**told.attributes, "left_out": True})
        for scheme, concepts in self._town.schemes.items():
            for one in concepts.values():
                said: dict[str, Attribute] = {name: getattr(one, name) for name in CONCEPT_TEXTS}
                said["alt"] = tuple(sorted(set(one.alt)))
                said = {name: value for name, value in said.items() if value}
                yield _Entry(self._addresses.concept(scheme, one.id), scheme, one.layer or "", said)

    def _entry(self, table: str, row: Row, columns: Iterable[Column]) -> _Entry:
        attributes: dict[str, Attribute] = {f"extra:{name}": value for name, value in row.extra.items()}
        attributes |= {"file": row.origin.file, "row": row.origin.row}
        attributes |= {"sheet": row.origin.sheet} if row.origin.sheet else {}
        references: set[tuple[str, str]] = set()
        for column in columns:
            value: Any = cell_value(row, column)
            if column.kind == "id" or value in ("", (), None, Unset.NOT_RECORDED):
                continue
            if value is Unset.NO_LIMIT:
                attributes[column.name] = OPEN
            elif is_edge(column):
                target = self._target(column)
                several = value if column.separator else (value,)
                named = {one: target(one, row.layer) for one in several}
                references |= {(column.name, term) for one, term in named.items() if not is_address(one)}
                if pages := sorted({terms.address(term) for one, term in named.items() if is_address(one)}):
                    attributes["pages"] = tuple(pages)
            else:
                attributes[column.name] = tuple(sorted(set(value))) if column.separator else _plain(column, value)
        return _Entry(self._addresses.row(table, row), table, row.layer, attributes, tuple(sorted(references)))


def is_edge(column: Column) -> bool:
    """Whether the values of a column are nodes of their own."""
    listed = bool(column.scheme and column.separator) and column.kind != "limit"
    return bool(column.references) or column.kind == "source" or listed


def _plain(column: Column, value: object) -> Attribute:
    if isinstance(value, Status):
        return value.value
    if isinstance(value, Age):
        return age_text(value)
    if column.kind == "url":
        return terms.address(terms.iri(str(value)))
    return value if isinstance(value, (int, float)) else str(value)


def _stated(found: "Network") -> Iterator[tuple[str, str, Mapping[str, Any], dict[str, list[str]]]]:
    """Table, id, attributes and ends by column of every row, whether a node or an edge holds it."""
    for node, said in found.nodes(data=True):
        if said.get("kind") in RECORDS:
            ends: dict[str, list[str]] = {}
            for _, target, key in found.out_edges(node, keys=True):
                ends.setdefault(key, []).append(target)
            yield said["kind"], said["iri"].rpartition("/")[2], {**said, "kind": said.get("subkind")}, ends
    for start, end, key, said in found.edges(keys=True, data=True):
        table, _, id = key.rpartition(":")[2].partition("/")
        if table in EDGE_TABLES:
            first, second = EDGE_TABLES[table]
            yield table, id, said, {first: [start], second: [end], "source": list(_values(said.get("sources")))}


def _row(table: str, id: str, said: Mapping[str, Any], ends: Mapping[str, list[str]]) -> Row:
    cells = {}
    for column in declaration()[table].columns:
        texts = [named(column, address) for address in ends.get(column.name, ())]
        if column.kind == "id":
            texts = [id]
        elif column.kind == "source":
            texts += _values(said.get("pages"))
        elif not is_edge(column) or said.get(column.name) == OPEN:
            value = said.get(column.name)
            texts = [*_values(value)] if column.separator else [] if value is None else [str(value)]
        cells[column.name] = texts
    extra = {name.removeprefix("extra:"): value for name, value in said.items() if name.startswith("extra:")}
    origin = Origin(said["file"], said["row"], said.get("sheet", ""))
    return record(table, said.get("layer", ""), origin, cells, extra)


def _values(joined: Any) -> tuple[str, ...]:
    return tuple(joined.split(JOINED) if isinstance(joined, str) and joined else joined or ())


def _schemes(found: "Network", bases: Mapping[str, str]) -> Mapping[str, Scheme]:
    """The lists that travel with hazama, and the concepts that a layer adds."""
    schemes = {name: dict(scheme) for name, scheme in packaged().items()}
    for _, said in found.nodes(data=True):
        address, layer = str(said["iri"]), said.get("layer", "")
        if not address.startswith(CONCEPTS) and address.startswith(f"{bases.get(layer)}concepts/"):
            id, scheme = address.rpartition("/")[2], said["kind"]
            texts = {name: said.get(name, "") for name in CONCEPT_TEXTS}
            added = Concept(id, scheme, alt=_values(said.get("alt")), layer=layer, **texts)
            schemes.setdefault(scheme, {})[id] = added
    return schemes
