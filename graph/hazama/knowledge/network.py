"""A town as a NetworkX MultiDiGraph, read from its triples; :mod:`~hazama.knowledge.rows` reads the town back.

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

An owner that is not recorded is no node: it would connect programmes that have nothing in common.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from hazama.knowledge import terms
from hazama.knowledge.reading import EDGE_TABLES, LEFT_OUT, Attribute, Entry, Reading, several
from hazama.knowledge.terms import Triple
from hazama.knowledge.triples import everything
from hazama.knowledge.vocabulary import CONCEPTS, TITLE
from hazama.model.town import Municipality
from hazama.tables.columns import declaration

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Graph

    Network: TypeAlias = nx.MultiDiGraph[str]

_LABELS = ("name", "ja", "heading", "statement", "title", "id")
_LABELS_EN = ("name_en", "en", "statement_en")
_TIMES = ("since", "until")


def network(town: Municipality) -> "Network":
    """Everything in a town as a directed multigraph; take a :func:`~hazama.model.view.view` first."""
    return network_from_triples(everything(town))


def network_from_triples(triples: Iterable[Triple]) -> "Network":
    """The network that these triples of a town hold."""
    reading = Reading(triples)
    title = reading.said(f"<{reading.layers['']}dataset>")[TITLE]
    name = next(text for text, lang, _ in map(terms.parts, title) if lang == "ja")
    layers = sorted(reading.layers.items())
    below = tuple(f"{key} {base}" for key, base in layers if key)
    return _network(list(reading.entries()), {"name": name, "base": reading.layers[""], "layers": below})


def network_from_graph(graph: "Graph") -> "Network":
    """The network that an rdflib Graph of a town holds."""
    return network_from_triples(statements(graph.serialize(format="nt")))


def statements(document: str) -> Iterator[Triple]:
    """The triples of an N-Triples document without blank nodes."""
    for line in document.splitlines():
        if line.endswith(" ."):
            subject, predicate, object_ = line[:-2].split(" ", 2)
            yield subject, predicate, object_


def _network(found: list[Entry], about: dict[str, Any]) -> "Network":
    import networkx as nx

    made: Network = nx.MultiDiGraph(**about)
    edges = _Edges(found)
    for entry in found:
        is_named_only = entry.table in EDGE_TABLES or LEFT_OUT in entry.attributes
        if not is_named_only and (entry.table in declaration() or not entry.term.startswith(f"<{CONCEPTS}")):
            made.add_node(edges.key(entry.term), **_node(entry))
    for term in sorted({term for entry in found for _, term in entry.references}):
        if edges.key(term) not in made:
            made.add_node(edges.key(term), **edges.met(term))
    for start, end, key, attributes in edges.all():
        made.add_edge(edges.key(start), edges.key(end), key, **attributes)
    return made


class _Edges:
    """The edges among entries, and the keys of what they join."""

    def __init__(self, found: list[Entry]) -> None:
        self._found = sorted(found, key=lambda entry: entry.term)
        self._by_term = {entry.term: entry for entry in found}
        self._relations = {_id(entry): entry for entry in found if entry.table == "predicates"}
        self._keys = dict(_keys(found))

    def key(self, term: str) -> str:
        """``table/id``; ``layer:table/id`` where a layer above has the same."""
        return self._keys.get(term) or terms.address(term)

    def met(self, term: str) -> dict[str, Attribute]:
        """The attributes of a node that only an edge names: a concept, or nothing known."""
        entry = self._by_term.get(term)
        return _node(entry) if entry else {"iri": terms.address(term)}

    def all(self) -> Iterator[tuple[str, str, str, dict[str, Attribute]]]:
        """Start, end, key and attributes of every edge."""
        for entry in self._found:
            if entry.table in EDGE_TABLES:
                yield self._row_edge(entry)
            else:
                yield from self._cell_edges(entry)

    def _cell_edges(self, entry: Entry) -> Iterator[tuple[str, str, str, dict[str, Attribute]]]:
        for name, target in entry.references:
            column = declaration()[entry.table].column(name)
            attributes: dict[str, Attribute] = {"kind": name, "layer": entry.layer, "status": _status(entry, name)}
            if column:
                attributes["label"] = column.title("ja")
            attributes |= {time: entry.attributes[time] for time in _TIMES if time in entry.attributes}
            yield entry.term, target, name, attributes

    def _row_edge(self, entry: Entry) -> tuple[str, str, str, dict[str, Attribute]]:
        ends = dict(entry.references)
        start, end = (ends[column] for column in EDGE_TABLES[entry.table])
        kind = str(entry.attributes.get("predicate", "member"))
        attributes = {**entry.attributes, "kind": kind, "label": self._relation(entry), "layer": entry.layer}
        if sources := several(self.key(target) for column, target in entry.references if column == "source"):
            attributes["sources"] = sources
        return start, end, self.key(entry.term), attributes

    def _relation(self, entry: Entry) -> Attribute:
        known = self._relations.get(str(entry.attributes.get("predicate", "")))
        return known.attributes["ja"] if known else declaration()[entry.table].title("ja")


def _keys(found: list[Entry]) -> Iterator[tuple[str, str]]:
    """The key of every entry by its term; the town comes before what it stands on."""
    taken: set[str] = set()
    for entry in sorted(found, key=lambda entry: (entry.layer, entry.term)):
        key = f"{entry.table}/{_id(entry)}"
        yield entry.term, f"{entry.layer}:{key}" if key in taken else key
        taken.add(key)


def _id(entry: Entry) -> str:
    return terms.address(entry.term).rpartition("/")[2]


def _status(entry: Entry, column: str) -> Attribute:
    inferred: Any = entry.attributes.get("inferred", ())
    return "inferred" if column in inferred else entry.attributes.get("status", "stated")


def _node(entry: Entry) -> dict[str, Attribute]:
    said = dict(entry.attributes)
    if "kind" in said:
        said["subkind"] = said.pop("kind")
    said.pop("id", None)
    label = next((said[name] for name in _LABELS if name in said), _id(entry))
    named: dict[str, Attribute] = {"kind": entry.table, "label": label}
    label_en = next((said[name] for name in _LABELS_EN if name in said), None)
    if label_en is not None:
        named["label_en"] = label_en
    return {**said, **named, "layer": entry.layer, "iri": terms.address(entry.term)}
