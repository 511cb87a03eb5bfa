"""Tables to a loaded store, against a plain rdflib loop over the same rows in the same run.

``python -m tests.bench.bench_triples [PROGRAMMES]`` prints a Markdown table. Both sides start from the
same values and end with every triple in memory and ready for SPARQL.
"""

import gc
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

from pyoxigraph import RdfFormat, Store
from rdflib import Graph, Literal, URIRef
from tests.bench.made_town import made_town

from hazama.knowledge.terms import address, is_literal, parts
from hazama.knowledge.triples import n_triples, triples
from hazama.model.town import Municipality

TARGET = 5.0
"""How many times faster than the loop the embedded store has to be."""


def embedded(town: Municipality) -> int:
    """Hazama's way: N-Triples text, loaded in bulk."""
    store = Store()
    store.bulk_load(n_triples(triples(town)).encode(), RdfFormat.N_TRIPLES)
    return len(store)


def text_only(town: Municipality) -> int:
    """The text alone, to see what of the time is ours."""
    return n_triples(triples(town)).count("\n")


def loop(town: Municipality) -> int:
    """The plain way: one ``Graph.add`` a triple."""
    graph = Graph()
    for subject, predicate, object_ in triples(town):
        graph.add((URIRef(subject[1:-1]), URIRef(predicate[1:-1]), _term(object_)))
    return len(graph)


def _term(term: str) -> URIRef | Literal:
    if not is_literal(term):
        return URIRef(address(term))
    text, lang, datatype = parts(term)
    return Literal(text, lang=lang or None, datatype=datatype or None)


def timed(work: Callable[[Municipality], int], town: Municipality, times: int = 3) -> tuple[float, int]:
    """The best of several runs in seconds, and the number of triples."""
    runs: list[tuple[float, int]] = []
    for _ in range(times):
        gc.collect()
        begun = perf_counter()
        count = work(town)
        runs.append((perf_counter() - begun, count))
    return min(runs)


def report(programs: int) -> dict[str, Any]:
    """Seconds and triples of each way, and the ratio that the target speaks of."""
    town = made_town(programs)
    results = {work.__name__: timed(work, town) for work in (text_only, embedded, loop)}
    return {**results, "ratio": results["loop"][0] / results["embedded"][0]}


def main() -> None:
    """Print the table."""
    programs = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    found = report(programs)
    lines = [f"| {programs:,} programmes | seconds | triples | triples/s |", "|---|--:|--:|--:|"]
    for name in ("text_only", "embedded", "loop"):
        seconds, count = found[name]
        lines.append(f"| {name} | {seconds:.2f} | {count:,} | {count / seconds:,.0f} |")
    lines.append(f"\nembedded is {found['ratio']:.1f} times the loop (target {TARGET:g})")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
