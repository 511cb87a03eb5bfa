"""The gap engine against three other ways, the same answers asserted; prints Markdown.

``python -m tests.bench.bench_gaps`` from the root of the checkout. Needs ``dd``. Times are CPU seconds on
one core. Every rival is stopped after ``PATIENCE`` seconds and then says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from math import prod
from multiprocessing import get_context
from queue import Empty
from resource import RUSAGE_SELF, getrusage
from time import process_time
from typing import Any

from hazama.coverage.boxes import Gap, Masks, Space, bits, meets
from hazama.coverage.gaps import Walk, gaps
from hazama.coverage.rank import top
from hazama.coverage.totals import totals
from tests.bench.instances import SHAPE, instance, untuned

PATIENCE = 30.0

CASES = {
    "tiny, 12 boxes": instance(12, (5, 4, 3, 3), limited=0.6),
    "small, 40 boxes": instance(40, (8, 5, 4, 4, 3), limited=0.5, needs=2),
    "100 boxes": instance(100, limited=0.4, needs=6),
    "1,000 boxes": instance(1000, limited=0.5, needs=2),
    "10,000 boxes": instance(10000, limited=0.7, needs=2),
}


def ours(space: Space) -> frozenset[Masks]:
    """The engine."""
    return frozenset(gap.masks for gap in gaps(space))


def dense(space: Space) -> frozenset[Masks]:
    """Every box of the space tested, then every larger one: the definition, word by word."""
    every = prod(dim.full for dim in space.dims)
    if every > 5_000_000:
        raise MemoryError(f"{every:.1e} boxes")
    boxes = product(*(range(1, dim.full + 1) for dim in space.dims))
    free = {box for box in boxes if not any(meets(box, other) for other in space.obstacles)}
    return frozenset(box for box in free if free.isdisjoint(_grown(space, box)))


def _grown(space: Space, box: Masks) -> Iterator[Masks]:
    for d, dim in enumerate(space.dims):
        for value in bits(dim.full & ~box[d]):
            yield (*box[:d], box[d] | 1 << value, *box[d + 1 :])


def sharp(space: Space) -> frozenset[Masks]:
    """Sharp with absorption: cut every candidate by one box after the other, drop what lies in another."""
    current = {space.full}
    for box in sorted(set(space.obstacles), key=lambda box: -prod(mask.bit_count() for mask in box)):
        kept = {one for one in current if not meets(one, box)}
        cuts = {cut for one in current - kept for cut in _cuts(one, box)}
        kept_and_cuts = kept | cuts
        current = kept | {cut for cut in cuts if not _absorbed(cut, kept_and_cuts)}
    return frozenset(current)


def _cuts(one: Masks, box: Masks) -> Iterator[Masks]:
    for d, (mask, other) in enumerate(zip(one, box, strict=True)):
        if mask & ~other:
            yield (*one[:d], mask & ~other, *one[d + 1 :])


def _absorbed(cut: Masks, among: set[Masks]) -> bool:
    return any(cut != other and all(a & ~b == 0 for a, b in zip(cut, other, strict=True)) for other in among)


def diagram(space: Space) -> frozenset[Masks]:
    """A BDD over "value v belongs to the gap" (dd): no box is met, no value can be added."""
    from dd.autoref import BDD

    bdd = BDD()
    names = [[f"x{d}_{v}" for v in range(len(dim.values))] for d, dim in enumerate(space.dims)]
    bdd.declare(*(name for row in names for name in row))
    free = bdd.true
    for box in sorted(set(space.obstacles)):
        apart = bdd.false
        for d, mask in enumerate(box):
            apart |= bdd.cube({names[d][v]: False for v in bits(mask)})
        free &= apart
    maximal = free
    for row in names:
        nonempty = bdd.false
        for name in row:
            maximal &= bdd.var(name) | ~bdd.let({name: True}, free)
            nonempty |= bdd.var(name)
        maximal &= nonempty
    every = [name for row in names for name in row]
    return frozenset(
        tuple(sum(1 << v for v, name in enumerate(row) if found[name]) for row in names)
        for found in bdd.pick_iter(maximal, care_vars=set(every))
    )


def timed(way: Callable[[Space], frozenset[Masks]], case: str) -> tuple[float, frozenset[Masks]] | str:
    """CPU seconds and answers of one way in a process of its own, or why there are none."""
    context = get_context("fork")
    pipe: Any = context.Queue()
    child = context.Process(target=_run, args=(way, case, pipe))
    child.start()
    try:
        result: tuple[float, frozenset[Masks]] | str = pipe.get(timeout=PATIENCE * 1.5)
    except Empty:
        result = f"> {PATIENCE * 1.5:.0f} s"
    child.kill()
    child.join()
    return result


def _run(way: Callable[[Space], frozenset[Masks]], case: str, pipe: Any) -> None:
    start = process_time()
    try:
        found = way(CASES[case])
    except (MemoryError, RecursionError) as error:
        pipe.put(f"not possible ({error})")
        return
    pipe.put((process_time() - start, found))


def rivals() -> Iterator[str]:
    """The table of ways by cases; ratios are to ours."""
    ways = {"dense enumeration": dense, "sharp with absorption": sharp, "BDD (dd)": diagram}
    yield "| instance | maximal gaps | hazama, CPU s | " + " | ".join(ways) + " |"
    yield "|---|---|---|" + "---|" * len(ways)
    for case in CASES:
        own = timed(ours, case)
        if isinstance(own, str):
            yield f"| {case} | | {own} | " + " | ".join("" for _ in ways) + " |"
            continue
        cells = [_cell(timed(way, case), own) for way in ways.values()]
        yield f"| {case} | {len(own[1]):,} | {own[0]:.3f} | " + " | ".join(cells) + " |"


def _cell(other: tuple[float, frozenset[Masks]] | str, own: tuple[float, frozenset[Masks]]) -> str:
    if isinstance(other, str):
        return other
    assert other[1] == own[1], "a rival gives other answers"
    return f"{other[0]:.2f} s (× {other[0] / own[0]:.0f})"


SECONDS = 3.0
"""How long each untuned instance is searched."""


def shapes() -> Iterator[str]:
    """Speed on instances drawn without any structure: also where the answer is tiny and the search is not."""
    yield "| boxes, share of limits, kind, needs a box | gaps found | all | gaps per CPU s | first answer, ms |"
    yield "|---|---|---|---|---|"
    for boxes, limited, kind, needs in product((100, 1000, 10_000), (0.4, 0.7), ("interval", "set"), (1, 6)):
        start, first, count = process_time(), 0.0, 0
        walk = Walk(untuned(boxes, limited, kind, needs))
        while walk.open and process_time() - start < SECONDS:
            found: list[Gap] = []
            walk.step(found)
            count += len(found)
            first = first or (process_time() - start if count else 0.0)
        speed = count / (process_time() - start)
        done = "no" if walk.open else "yes"
        yield f"| {boxes:,}, {limited}, {kind}, {needs} | {count:,} | {done} | {speed:,.0f} | {first * 1000:.0f} |"


def figures() -> Iterator[str]:
    """What the engine does on the large shape: speed, first answer, proven top 50, totals."""
    yield "| instance | gaps | gaps per CPU s | first answer, ms | top 50 proven, s | totals, s |"
    yield "|---|---|---|---|---|---|"
    for case in list(CASES)[2:]:
        yield f"| {case} | " + " | ".join(_figures(CASES[case])) + " |"


def _figures(space: Space) -> Iterator[str]:
    start, first, count = process_time(), 0.0, 0
    walk = Walk(space)
    while walk.open:
        found: list[Gap] = []
        walk.step(found)
        count += len(found)
        first = first or (process_time() - start if count else 0.0)
    yield f"{count:,}"
    yield f"{count / (process_time() - start):,.0f}"
    yield f"{first * 1000:.0f}"
    start = process_time()
    proven = top(space, 50, PATIENCE)
    yield f"{process_time() - start:.2f}" if proven.complete else "not proven"
    start = process_time()
    totals(space)
    yield f"{process_time() - start:.2f}"


def per_need() -> Iterator[str]:
    """A space of 7 × 10^8 cells with 10,000 boxes, need by need: the heaviest 20 gaps of each with proof."""
    shape = (64, *SHAPE[:1], *SHAPE[1:])
    space = instance(10_000, shape, limited=0.7)
    start = process_time()
    proven = found = 0
    for need in range(shape[0]):
        answer = top(space, 20, PATIENCE, (1 << need, *space.full[1:]))
        proven += answer.complete
        found += len(answer.gaps)
    yield (
        f"{space.cells:,} cells, 10,000 boxes, {shape[0]} needs: top 20 of each need in "
        f"{process_time() - start:.1f} CPU s, proven for {proven} of {shape[0]} needs, {found:,} gaps listed."
    )


def main() -> None:
    """Prints everything, line by line as it is known."""
    for part in (figures, shapes, rivals, per_need):
        for line in part():
            print(line, flush=True)  # noqa: T201 - the tables are what this script is for
        print()  # noqa: T201
    print(f"Peak memory of the engine's process: {getrusage(RUSAGE_SELF).ru_maxrss // 1024} MB.")  # noqa: T201


if __name__ == "__main__":
    main()
