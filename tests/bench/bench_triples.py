"""Tables to a loaded store, against a plain rdflib loop over the same rows in the same run.

``python -m tests.bench.bench_triples [PROGRAMMES]`` prints a Markdown table. Both sides start from the
same values and end with every triple in memory and ready for SPARQL.
"""

import gc
import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import NamedTuple

from rdflib import Graph, Literal, URIRef

from hazama.knowledge.store import load
from hazama.knowledge.terms import address, is_literal, parts
from hazama.knowledge.triples import n_triples, triples
from hazama.model.town import Municipality
from hazama.towns.sample import made_town

TARGET = 5.0
"""How many times faster than the loop the embedded store has to be."""


def embedded(town: Municipality) -> int:
    """Hazama's way: N-Triples text, loaded in bulk."""
    return len(load(town).engine)


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


class Run(NamedTuple):
    """One run: seconds on the wall, seconds of processor time, triples."""

    seconds: float
    processor: float
    triples: int


def timed(work: Callable[[Municipality], int], town: Municipality) -> Run:
    """One run, the garbage of the last one collected before."""
    gc.collect()
    begun, used = perf_counter(), process_time()
    count = work(town)
    return Run(perf_counter() - begun, process_time() - used, count)


def report(programs: int, times: int = 3) -> dict[str, Run]:
    """The best of several runs of each way, taken in turns so that a busy machine is unfair to none."""
    town = made_town(programs)
    rounds = [[timed(work, town) for work in WAYS] for _ in range(times)]
    return {work.__name__: min(runs) for work, runs in zip(WAYS, zip(*rounds, strict=True), strict=True)}


WAYS = (text_only, embedded, loop)


def main() -> None:
    """Print the table."""
    programs = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    found = report(programs)
    lines = [f"| {programs:,} programmes | seconds | processor | triples | triples/s |", "|---|--:|--:|--:|--:|"]
    for name, run in found.items():
        speed = run.triples / run.seconds
        lines.append(f"| {name} | {run.seconds:.2f} | {run.processor:.2f} | {run.triples:,} | {speed:,.0f} |")
    slow, fast = found["loop"], found["embedded"]
    wall, processor = slow.seconds / fast.seconds, slow.processor / fast.processor
    lines.append(f"\nembedded is {wall:.1f} times the loop, {processor:.1f} in processor time (target {TARGET:g})")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
