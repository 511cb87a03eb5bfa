"""Every figure of the gap engine in docs/benchmarks.md, the rivals' answers asserted equal; prints Markdown.

``python -m tests.bench.bench_gaps [PART…]`` from the root of the checkout, with the ``dev`` extras (``dd``, ``oxidd``).
Times are CPU seconds on one core, medians over ``SEEDS``. Every measurement has a fresh process,
which the kernel ends after ``PATIENCE`` CPU seconds or at ``ROOM`` bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import cache, partial
from itertools import product
from math import prod
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from resource import RLIMIT_AS, RLIMIT_CPU, setrlimit
from statistics import median
from sys import maxsize
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, NamedTuple

from hazama.coverage.boxes import Gap, Masks, Space, bits, meets
from hazama.coverage.gaps import Walk, gaps
from hazama.coverage.rank import top
from hazama.coverage.totals import totals
from tests.bench.instances import SHAPE, document, instance, untuned

SEEDS = (1, 2, 3)
PATIENCE = 20
ROOM = 8 * 2**30
SECONDS = 2.0
"""How long an untuned instance is searched, and how long its top 50 may take."""

Make = Callable[..., Space]
GENERATOR: dict[str, Make] = {
    "100 boxes": partial(instance, 100, limited=0.4, needs=6),
    "1,000 boxes": partial(instance, 1000, limited=0.5, needs=2),
    "10,000 boxes": partial(instance, 10000, limited=0.7, needs=2),
}
SMALL: dict[str, Make] = {
    "tiny, 12 boxes": partial(instance, 12, (5, 4, 3, 3), limited=0.6),
    "small, 40 boxes": partial(instance, 40, (8, 5, 4, 4, 3), limited=0.5, needs=2),
}


class Cost(NamedTuple):
    """What a process answered, and what it took: CPU seconds of its work and of all of it, peak memory in MB."""

    value: Any
    work: float
    whole: float
    peak: int


def fresh(work: Callable[..., Any], *args: object) -> Cost | None:
    """``work`` done in a process of its own; None if it was ended before it answered."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(theirs, work, args))
    child.start()
    theirs.close()
    try:
        return Cost(*ours.recv())
    except EOFError:
        return None
    finally:
        child.join()


def _child(pipe: Connection, work: Callable[..., Any], args: tuple[object, ...]) -> None:
    setrlimit(RLIMIT_CPU, (PATIENCE, PATIENCE))
    setrlimit(RLIMIT_AS, (ROOM, ROOM))
    start = process_time()
    try:
        value = work(*args)
    except (MemoryError, RecursionError):
        return
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
    pipe.send((value, process_time() - start, process_time(), peak))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of ``work`` and its answer; what is quick is done until even a coarse clock can tell."""
    start, rounds = process_time(), 0
    while not rounds or process_time() - start < 0.2:
        answer, rounds = work(), rounds + 1
    return (process_time() - start) / rounds, answer


def searched(make: Make, seed: int, seconds: float = PATIENCE) -> tuple[int, bool, float, float | None]:
    """Gaps found, whether these are all, gaps per CPU second, and seconds to the first, reduction included."""
    space = make(seed=seed)
    took, (count, done) = timed(lambda: _walked(space, seconds, maxsize))
    first, (any_, _) = timed(lambda: _walked(space, seconds, 1))
    return count, done, count / took, first if any_ else None


def _walked(space: Space, seconds: float, most: int) -> tuple[int, bool]:
    """How many gaps are met before so many seconds or so many gaps, and whether these are all."""
    start, count = process_time(), 0
    walk = Walk(space)
    while walk.open and count < most and process_time() - start < seconds:
        found: list[Gap] = []
        walk.step(found, 16 if not count else 256)
        count += len(found)
    return count, not walk.open


def ranked(make: Make, seed: int, seconds: float = PATIENCE) -> float | None:
    """CPU seconds of the top 50, if proven."""
    space = make(seed=seed)
    took, found = timed(lambda: top(space, 50, seconds))
    return took if found.complete else None


def counted(make: Make, seed: int) -> float:
    """CPU seconds of the totals."""
    space = make(seed=seed)
    return timed(lambda: totals(space))[0]


def row(make: Make, seconds: float = PATIENCE) -> Iterator[str]:
    """The cells of one instance, medians over the seeds."""
    walks = [cost for seed in SEEDS if (cost := fresh(searched, make, seed, seconds))]
    counts, done, speeds, firsts = zip(*(cost.value for cost in walks), strict=True)
    tops = [cost.value for seed in SEEDS if (cost := fresh(ranked, make, seed, seconds))]
    proven = [seconds for seconds in tops if seconds is not None]
    yield f"{median(counts):,.0f}{'' if all(done) else ' (not all)'}"
    yield f"{median(speeds):,.0f}"
    yield f"{median(firsts) * 1000:.0f}" if all(firsts) else "none"
    yield f"{median(proven):.2f}" if len(proven) == len(SEEDS) else f"{len(proven)} of {len(SEEDS)} proven"
    yield f"{median(cost.peak for cost in walks):.0f} MB"


HEAD = "gaps | gaps per CPU s | first answer, ms | top 50 proven, CPU s | peak"


def figures() -> Iterator[str]:
    """The generator: speed, first answer, proven top 50, memory, totals."""
    yield f"| instance | {HEAD} | totals, CPU s |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for case, make in GENERATOR.items():
        counts = [cost.value for seed in SEEDS if (cost := fresh(counted, make, seed))]
        yield f"| {case} | " + " | ".join(row(make)) + f" | {median(counts):.2f} |"


def shapes() -> Iterator[str]:
    """Instances drawn without any structure: also where the answer is tiny and the search is not."""
    yield f"| boxes, share of limits, kind, needs a box | {HEAD} |"
    yield "|---|--:|--:|--:|--:|--:|"
    for boxes, limited, kind, needs in product((100, 1000, 10_000), (0.4, 0.7), ("interval", "set"), (1, 6)):
        cells = row(partial(untuned, boxes, limited, kind, needs), SECONDS)
        yield f"| {boxes:,}, {limited}, {kind}, {needs} | " + " | ".join(cells) + " |"


def whole() -> Iterator[str]:
    """The command, interpreter, reading, totals and writing included."""
    yield "| instance | `--all`, CPU s | peak | `--top 50`, CPU s | peak |"
    yield "|---|--:|--:|--:|--:|"
    for case, make in GENERATOR.items():
        cells = []
        for kind in (("--all",), ("--top", "50")):
            costs = [cost for seed in SEEDS if (cost := _command(make, seed, kind))]
            cells += [f"{median(cost.whole for cost in costs):.2f}", f"{median(cost.peak for cost in costs):.0f} MB"]
        yield f"| {case} | " + " | ".join(cells) + " |"


def _command(make: Make, seed: int, kind: tuple[str, ...]) -> Cost | None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "instance.json")
        fresh(written, make, seed, file)
        return fresh(command, "gaps", "--instance", str(file), *kind, "--format", "json")


def written(make: Make, seed: int, file: Path) -> None:
    """The instance as a file."""
    file.write_text(json.dumps(document(make(seed=seed))), encoding="utf-8")


def command(*words: str) -> None:
    """``hazama`` with these words, its output thrown away."""
    from hazama.cli import main

    sys.argv = ["hazama", *words]
    with Path("/dev/null").open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        try:
            main()
        except SystemExit as end:
            assert not end.code, "the command failed"


def per_need() -> Iterator[str]:
    """A space of 7 × 10^8 cells with 10,000 boxes, need by need: the heaviest 20 gaps of each with proof."""
    for seed in SEEDS:
        cost = fresh(by_need, seed)
        yield "stopped" if cost is None else f"seed {seed}: {cost.value} in {cost.work:.1f} CPU s, {cost.peak} MB"


def by_need(seed: int) -> str:
    """The top 20 of every need, and for how many of them it is proven."""
    shape = (64, *SHAPE)
    space = instance(10_000, shape, limited=0.7, seed=seed)
    found = [top(space, 20, PATIENCE, (1 << need, *space.full[1:])) for need in range(shape[0])]
    listed = sum(len(one.gaps) for one in found)
    return f"{space.cells:,} cells, {sum(one.complete for one in found)} of {shape[0]} needs proven, {listed:,} gaps"


def rivals() -> Iterator[str]:
    """CPU seconds by way, and in brackets how often ours. A way that was ended is not tried on larger instances."""
    ways = {"dense enumeration": dense, "sharp with absorption": sharp, "`dd` (BDD)": by_dd, "`oxidd` (BDD)": by_oxidd}
    yield "| instance | maximal gaps | hazama | " + " | ".join(ways) + " |"
    yield "|---|--:|--:|" + "--:|" * len(ways)
    ended: set[str] = set()
    for case, make in (SMALL | GENERATOR).items():
        own = fresh(answers, ours, make)
        assert own is not None, "ours was ended"
        seconds, found = own.value
        cells = [f"{len(found):,}", f"{seconds:.4f}"]
        for name, way in ways.items():
            other = None if name in ended else fresh(answers, way, make)
            if other is None:
                cells.append("not tried" if name in ended else f"> {PATIENCE} s or 8 GB")
                ended.add(name)
                continue
            assert other.value[1] == found, f"{name} gives other answers"
            cells.append(f"{other.value[0]:.4f} (× {other.value[0] / seconds:,.1f})")
        yield f"| {case} | " + " | ".join(cells) + " |"


def answers(way: Callable[[Space], frozenset[Masks]], make: Make) -> tuple[float, frozenset[Masks]]:
    """CPU seconds of one way, and its answers."""
    space = make()
    return timed(lambda: way(space))


def ours(space: Space) -> frozenset[Masks]:
    """The engine."""
    return frozenset(gap.masks for gap in gaps(space))


def dense(space: Space) -> frozenset[Masks]:
    """Every box of the space tested, then every larger one: the definition, word by word."""
    if prod(dim.full for dim in space.dims) > 50_000_000:
        raise MemoryError
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
        current = kept | {cut for cut in cuts if not _absorbed(cut, kept | cuts)}
    return frozenset(current)


def _cuts(one: Masks, box: Masks) -> Iterator[Masks]:
    for d, (mask, other) in enumerate(zip(one, box, strict=True)):
        if mask & ~other:
            yield (*one[:d], mask & ~other, *one[d + 1 :])


def _absorbed(cut: Masks, among: set[Masks]) -> bool:
    return any(cut != other and all(a & ~b == 0 for a, b in zip(cut, other, strict=True)) for other in among)


def by_dd(space: Space) -> frozenset[Masks]:
    """Decision diagrams of ``dd``, pure Python."""
    from dd.autoref import BDD

    bdd, names = BDD(), _names(space)
    every = [name for line in names for name in line]
    bdd.declare(*every)
    variables = {name: bdd.var(name) for name in every}
    found = _diagram(space, variables, bdd.true, lambda free, name: bdd.let({name: True}, free))
    return frozenset(_picked(names, one) for one in bdd.pick_iter(found, care_vars=set(every)))


def by_oxidd(space: Space) -> frozenset[Masks]:
    """Decision diagrams of ``oxidd``, Rust; one thread. A maximal set leaves no variable open, so paths are answers."""
    names = _names(space)
    every = [name for line in names for name in line]
    manager = _manager(tuple(every))
    manager.gc()
    variables = {name: manager.var(name) for name in every}
    found = _diagram(
        space, variables, manager.true(), lambda free, name: (free & variables[name]).exists(variables[name])
    )

    def paths(node: Any, chosen: dict[str, bool]) -> Iterator[dict[str, bool]]:
        if node.valid():
            yield chosen
        elif node.satisfiable():
            name = manager.var_name(node.node_var())
            for value, below in zip((True, False), node.cofactors(), strict=True):
                yield from paths(below, chosen | {name: value})

    return frozenset(_picked(names, one) for one in paths(found, {}))


@cache
def _manager(names: tuple[str, ...]) -> Any:
    """One manager a process: each keeps its threads to the end."""
    from oxidd.bdd import BDDManager

    manager = BDDManager(5_000_000, 1_000_000, 1)
    manager.add_named_vars(names)
    return manager


def _names(space: Space) -> list[list[str]]:
    return [[f"x{d}_{v}" for v in range(len(dim.values))] for d, dim in enumerate(space.dims)]


def _diagram(space: Space, variables: dict[str, Any], true: Any, raised: Callable[[Any, str], Any]) -> Any:
    """The diagram of "value v belongs to the gap": no box is met, no value can be added, no dimension is empty."""
    free = true
    for box in sorted(set(space.obstacles)):
        apart = ~true
        for d, mask in enumerate(box):
            missed = true
            for v in bits(mask):
                missed &= ~variables[f"x{d}_{v}"]
            apart |= missed
        free &= apart
    maximal = free
    for line in _names(space):
        nonempty = ~true
        for name in line:
            maximal &= variables[name] | ~raised(free, name)
            nonempty |= variables[name]
        maximal &= nonempty
    return maximal


def _picked(names: list[list[str]], found: dict[str, bool]) -> Masks:
    return tuple(sum(1 << v for v, name in enumerate(line) if found[name]) for line in names)


PARTS = {part.__name__: part for part in (figures, whole, rivals, per_need, shapes)}


def main() -> None:
    """Prints the parts asked for, or all, line by line as it is known."""
    for name in sys.argv[1:] or PARTS:
        print(f"\n{PARTS[name].__doc__}\n")  # noqa: T201 - the tables are what this script is for
        for line in PARTS[name]():
            print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
