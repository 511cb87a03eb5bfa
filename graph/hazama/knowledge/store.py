"""Stores that answer SPARQL, and the embedded one: a town's triples in pyoxigraph, rebuilt every time.

The tables are the truth; building the store takes about as long as opening a database would. Terms
go in and come out as N-Triples text, so that a store on disk or a SPARQL endpoint can stand behind
the same three verbs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from hazama.knowledge.terms import XSD, Triple
from hazama.knowledge.triples import n_triples, triples
from hazama.knowledge.vocabulary import PREFIXES
from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.resources import phrase

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions
    from pyoxigraph import Store as Oxigraph
    from pyoxigraph import Triple as OxigraphTriple

_AT_ONCE = 250_000
"""Triples; a smaller part would spend more time on starting than on loading."""

TRIPLE = ("subject", "predicate", "object")
"""The columns of a CONSTRUCT or DESCRIBE."""


class Solutions(NamedTuple):
    """What a SELECT found: variables, and rows of N-Triples terms in their order, ``""`` where unbound."""

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


class Store(Protocol):
    """Something that answers SPARQL 1.1 queries; every prefix of the vocabulary is ready in them."""

    def select(self, query: str) -> Solutions:
        """The solutions of a SELECT."""

    def ask(self, query: str) -> bool:
        """The answer of an ASK."""

    def construct(self, query: str) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE as N-Triples terms."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A store in memory, in this process. A query runs to its end: a stranger's goes to :mod:`.strangers`."""

    engine: "Oxigraph"
    base: str | None = None
    """To what addresses in a query are relative; without it they have to be whole."""

    def select(self, query: str) -> Solutions:
        """The solutions of a SELECT, in the order of the query."""
        return solutions(self._answered(query, "QuerySolutions"))

    def ask(self, query: str) -> bool:
        """The answer of an ASK."""
        return bool(self._answered(query, "QueryBoolean"))

    def construct(self, query: str) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, in no order."""
        return map(_triple, self._answered(query, "QueryTriples"))

    def answer(self, query: str, most: int, default: Sequence[str] = (), named: Sequence[str] = ()) -> Solutions:
        """At most *most* rows of any kind of query: a yes or no is one row, a triple has three columns.

        *default* and *named* are the addresses of the graphs that it sees; without any, those that were loaded.
        """
        found = self._answered(query, "", **_dataset(default, named))
        match type(found).__name__:
            case "QuerySolutions":
                return solutions(found, most)
            case "QueryBoolean":
                return truth(bool(found))
        return Solutions(TRIPLE, [_triple(one) for one in islice(found, most)])

    def document(self) -> bytes:
        """Everything that is held, as N-Triples."""
        from pyoxigraph import DefaultGraph, RdfFormat

        return bytes(self.engine.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b"")

    def _answered(self, query: str, kind: str, **dataset: Any) -> Any:
        try:
            found = self.engine.query(query, base_iri=self.base, prefixes=PREFIXES, **dataset)
        except SyntaxError as error:
            raise UsageError(*phrase("knowledge", "query_syntax", message=str(error).partition(": ")[0])) from error
        if kind and type(found).__name__ != kind:
            raise UsageError(*phrase("knowledge", "query_kind", kind=kind.removeprefix("Query")))
        return found


def truth(answer: bool) -> Solutions:
    """The answer of an ASK as one row."""
    return Solutions(("answer",), [(f'"{str(answer).lower()}"^^<{XSD}boolean>',)])


def load(town: Municipality) -> Embedded:
    """The store of a town; the text of one part is written while the part before is loaded."""
    from concurrent.futures import ThreadPoolExecutor

    from pyoxigraph import Store as Oxigraph

    engine, statements = Oxigraph(), triples(town)
    with ThreadPoolExecutor(1) as loader:
        parts = iter(lambda: n_triples(islice(statements, _AT_ONCE)), "")
        for loading in [loader.submit(_fill, engine, part.encode()) for part in parts]:
            loading.result()
    return Embedded(engine)


def loaded(document: bytes, base: str | None = None) -> Embedded:
    """The store of an N-Quads document that hazama wrote."""
    from pyoxigraph import Store as Oxigraph

    engine = Oxigraph()
    _fill(engine, document)
    return Embedded(engine, base)


def _fill(engine: "Oxigraph", document: bytes) -> None:
    """Load a document whose terms are well formed, so that nobody checks them twice."""
    from pyoxigraph import RdfFormat

    engine.bulk_load(document, RdfFormat.N_QUADS, lenient=True)


def _dataset(default: Sequence[str], named: Sequence[str]) -> dict[str, Any]:
    """What pyoxigraph takes: the graphs as loaded, or those chosen; only named ones leave the default empty."""
    from pyoxigraph import NamedNode

    if not default and not named:
        return {}
    return {"default_graph": [NamedNode(one) for one in default], "named_graphs": [NamedNode(one) for one in named]}


def solutions(found: "QuerySolutions", most: int | None = None) -> Solutions:
    """The solutions that pyoxigraph gives, at most so many."""
    names = tuple(variable.value for variable in found.variables)
    return Solutions(names, [tuple(str(term) if term else "" for term in row) for row in islice(found, most)])


def _triple(found: "OxigraphTriple") -> Triple:
    return str(found.subject), str(found.predicate), str(found.object)
