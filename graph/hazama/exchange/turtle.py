"""Turtle and TriG: subject by subject, short names where the grammar allows them.

Grammar: https://www.w3.org/TR/turtle/#sec-grammar. Terms are N-Triples already, which is Turtle too;
this only groups and shortens.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from hazama.exchange.names import Names
from hazama.exchange.rdf import graphs, statements
from hazama.knowledge.terms import XSD, Triple, is_literal
from hazama.knowledge.triples import prefixes
from hazama.knowledge.vocabulary import A
from hazama.model.town import Municipality


def turtle(town: Municipality) -> bytes:
    """The town in Turtle."""
    names = Names(prefixes(town))
    return "".join([*_header(names), *_subjects(statements(town), names)]).encode()


def trig(town: Municipality) -> bytes:
    """The town in TriG, one graph a layer."""
    names = Names(prefixes(town))
    return "".join([*_header(names), *_graphs(town, names)]).encode()


def _header(names: Names) -> Iterator[str]:
    for prefix, namespace in names.prefixes.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"


def _graphs(town: Municipality, names: Names) -> Iterator[str]:
    for graph, triples in graphs(town).items():
        yield f"\n{_short(graph, names)} {{\n"
        yield from _subjects(triples, names)
        yield "}\n"


def _subjects(triples: list[Triple], names: Names) -> Iterator[str]:
    for subject, said in groupby(triples, itemgetter(0)):
        lines = " ;\n    ".join(_predicate(predicate, rows, names) for predicate, rows in groupby(said, itemgetter(1)))
        yield f"\n{_short(subject, names)} {lines} .\n"


def _predicate(predicate: str, rows: Iterator[Triple], names: Names) -> str:
    objects = ", ".join(_short(object_, names) for _, _, object_ in rows)
    return f"{'a' if predicate == A else _short(predicate, names)} {objects}"


def _short(term: str, names: Names) -> str:
    if not is_literal(term):
        return names.short(term) or term
    text, mark, datatype = term.rpartition("^^")
    if not mark or not datatype.startswith(f"<{XSD}"):
        return term
    return f"{text}^^{names.short(datatype) or datatype}"
