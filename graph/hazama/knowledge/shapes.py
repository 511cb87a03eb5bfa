"""A town against ``ontology/shapes.ttl``: SHACL results as file, row and column, in words for people.

The tables are checked first, cell by cell and fast (``hazama check``); this looks at the graph that came of
them, with pySHACL as the reference engine (about three seconds a thousand programmes).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hazama.knowledge.mapping import MONTHS
from hazama.knowledge.terms import iri
from hazama.knowledge.triples import graph
from hazama.knowledge.vocabulary import PREFIXES, term
from hazama.model.errors import Violation
from hazama.model.town import Municipality
from hazama.resources import text
from hazama.tables.columns import declaration
from hazama.tables.sentences import BROKEN_SHAPE

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SHACL = "http://www.w3.org/ns/shacl#"
_COLUMNS = {term("hz:firstDay"): "since"} | {months: column for column, months in MONTHS.items()}
"""Columns whose property in the graph is not the one that the declaration names."""


def validate(town: Municipality) -> tuple[Violation, ...]:
    """What keeps the town from being well formed, in the order of files and rows; empty when nothing does.

    Each violation carries its sentence in both languages; :func:`hazama.tables.sentence` says it with its place.
    """
    return violations(graph(town))


def violations(data: "Graph") -> tuple[Violation, ...]:
    """The same for a town that is already an rdflib Graph."""
    from pyshacl import validate as check
    from rdflib import Graph

    shapes = Graph().parse(data=text("ontology/shapes.ttl"), format="turtle")
    _, results, _ = check(data, shacl_graph=shapes, inference="none", meta_shacl=False)
    return tuple(sorted(set(_violations(data, results))))


def _violations(data: "Graph", results: "Graph") -> Iterator[Violation]:
    from rdflib import URIRef

    for result in results.subjects(URIRef(SHACL + "focusNode")):
        said = {str(key).removeprefix(SHACL): value for key, value in results.predicate_objects(result)}
        file, row, table = _place(data, said["focusNode"])
        column = _column(table, str(said.get("resultPath", "")), str(said.get("value", "")))
        values = _sentences(results, result) + ((("found", _found(data, said["value"])),) if "value" in said else ())
        yield Violation(file, row, column, BROKEN_SHAPE, values)


def _sentences(results: "Graph", result: "Node") -> tuple[tuple[str, str], ...]:
    from rdflib import Literal, URIRef

    messages = results.objects(result, URIRef(SHACL + "resultMessage"))
    texts = {message.language: str(message) for message in messages if isinstance(message, Literal)}
    return tuple((f"sentence_{lang}", texts.get(lang, "")) for lang in ("ja", "en"))


def _place(data: "Graph", focus: "Node") -> tuple[str, int, str]:
    """File, row and table of the row that a node comes from; a part of a programme stands in its row."""
    from rdflib import URIRef

    derived = URIRef(PREFIXES["prov"] + "wasDerivedFrom")
    for node in (str(focus), str(focus).rpartition("/")[0]):
        origin = data.value(URIRef(node), derived, any=True)
        if origin:
            address, _, row = str(origin).rpartition("row=")
            base = node.rsplit("/", 2)[0] + "/"
            return unquote(address.partition("#")[0].removeprefix(base)), int(row), node.rsplit("/", 2)[1]
    return str(focus), 0, ""


def _column(table: str, path: str, value: str) -> str:
    """The column that states a property in a table; ``""`` where the whole row is meant.

    A value of a limit is looked up by its list, because all limits share one property.
    """
    home = value.rsplit("/", 2)[-2] if value.count("/") > 1 else ""
    stating = (
        column.name
        for column in (declaration()[table].columns if table else ())
        if column.states == path and (column.kind != "limit" or home in (*column.references, column.scheme))
    )
    return _COLUMNS.get(iri(path)) or next(stating, "")


def _found(data: "Graph", value: "Node") -> str:
    """What people call the value that a result names."""
    from rdflib import URIRef

    label = data.value(value, URIRef(PREFIXES["skos"] + "prefLabel"), any=True)
    return str(label or str(value).rpartition("/")[2])
