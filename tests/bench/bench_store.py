"""Every named question, and find, at 10,000 programmes; 2.5 million triples loaded into a store on disk.

``python -m tests.bench.bench_store [PROGRAMMES]`` prints a Markdown table: milliseconds of the query
alone, and of the whole answer with names and order. The store is loaded once. Parameters are left
open wherever the default does, which asks for most. ``python -m tests.bench.bench_store disk`` measures the load.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TypeVar

from hazama.knowledge.addresses import Addresses
from hazama.knowledge.answers import ask, bound
from hazama.knowledge.find import Criteria, find
from hazama.knowledge.labels import directory
from hazama.knowledge.questions import questions
from hazama.knowledge.store import load
from hazama.knowledge.stores import build
from hazama.knowledge.triples import document
from hazama.towns.sample import made_town

Made = TypeVar("Made")

SLOWEST = 1.0
"""Seconds that the query of a shipped question may take at 10,000 programmes."""


def _timed(work: Callable[[], list[Made]]) -> tuple[float, int]:
    begun = perf_counter()
    found = work()
    return perf_counter() - begun, len(found)


def main(programs: int) -> None:
    """Print the table."""
    town = made_town(programs)
    store = load(town)
    known, addresses = directory(town), Addresses(town)
    lines = [f"| {programs:,} programmes | rows | query ms | answer ms |", "|---|--:|--:|--:|"]
    for question in questions():
        text = bound(question, {}, known, addresses)
        query, rows = _timed(lambda text=text: store.select(text).rows)  # type: ignore[misc]
        answer, _ = _timed(lambda question=question: ask(town, question, store=store).rows)  # type: ignore[misc]
        slow = " (too slow)" if query > SLOWEST else ""
        lines.append(f"| {question.id} | {rows:,} | {1000 * query:.0f}{slow} | {1000 * answer:.0f} |")
    seconds, rows = _timed(lambda: find(town, Criteria(age=45, condition=("手帳なし",))))
    lines.append(f"| find by age and certificate | {rows:,} | | {1000 * seconds:.0f} |")
    sys.stdout.write("\n".join(lines) + "\n")


def disk(programs: int) -> None:
    """Print what loading costs: the made-up town written as text, then built into a new folder."""
    town = made_town(programs)
    begun, used = perf_counter(), process_time()
    text = document(town)
    written, begun_load = perf_counter(), process_time()
    with TemporaryDirectory() as folder:
        build(Path(folder), text, Path(folder, "store"))
        seconds, processor = perf_counter() - written, process_time() - begun_load
        size = sum(one.stat().st_size for one in Path(folder, "store").iterdir()) >> 20
    count = text.count(b"\n")
    sys.stdout.write(
        f"{count:,} triples, {len(text) >> 20} MB of text in {written - begun:.1f} s "
        f"({begun_load - used:.1f} s CPU); loaded in {seconds:.1f} s ({processor:.1f} s CPU), "
        f"{count / seconds:,.0f} triples/s, {size} MB on disk, {getrusage(RUSAGE_SELF).ru_maxrss >> 10} MB of memory\n"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["disk"]:
        disk(50_000)
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
