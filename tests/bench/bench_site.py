"""How long the sample and a large made-up town take to publish, and how large they are.

``python -m tests.bench.bench_site``; targets: the sample in 5 s with a warm file cache and 6 MB, 2,000 programmes in
60 s and 60 MB, no page above 300 kB but the graph.
"""

import os
import shutil
import sys
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import perf_counter

from hazama.site import Published, publish
from hazama.tables import read, sample
from hazama.towns.sample import made_town

RUNS = 5
MANY = 2_000


def process_time() -> float:
    """Seconds of the processor so far, those of ended child processes included."""
    return sum(os.times()[:4])


def timed(folder: Path) -> tuple[float, float, Published]:
    """Seconds on the wall and of the processor, reading included, and what was written."""
    wall, processor = perf_counter(), process_time()
    published = publish(read(sample()), folder / "site")
    return perf_counter() - wall, process_time() - processor, published


def large(folder: Path) -> tuple[float, float, Published, int]:
    """Seconds on the wall and of the processor for the made-up town, what was written, and its largest page's bytes."""
    town, wall, processor = made_town(MANY), perf_counter(), process_time()
    published = publish(town, folder / "large")
    wall, processor = perf_counter() - wall, process_time() - processor
    pages = (path for path in published.folder.rglob("*.html") if path.name != "explore.html")
    return wall, processor, published, max(path.stat().st_size for path in pages)


def sizes(folder: Path) -> dict[str, int]:
    """Bytes by what they are: pages by language and kind, assets, downloads."""
    found: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            parts = path.relative_to(folder).parts
            kind = parts[0] if len(parts) > 1 else path.suffix
            found[kind] = found.get(kind, 0) + path.stat().st_size
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def main() -> None:
    """Print the median of some runs as a Markdown table."""
    folder = Path(mkdtemp())
    try:
        runs = [timed(folder) for _ in range(RUNS)]
        published = runs[-1][2]
        lines = [
            "| what | measured |",
            "|---|---|",
            f"| publish the sample, median of {RUNS} | {median(run[0] for run in runs):.1f} s |",
            f"| processor time of it | {median(run[1] for run in runs):.1f} s |",
            f"| pages | {published.pages} |",
            f"| bytes | {published.bytes / 1_000_000:.1f} MB |",
            *(f"| {kind} | {size / 1_000_000:.2f} MB |" for kind, size in sizes(published.folder).items()),
        ]
        seconds, processor, many, largest = large(folder)
        lines += [
            f"| publish {MANY:,} made-up programmes | {seconds:.0f} s |",
            f"| processor time of it | {processor:.0f} s |",
            f"| its bytes | {many.bytes / 1_000_000:.1f} MB |",
            f"| its largest page beside the graph | {largest / 1_000:.0f} kB |",
        ]
        sys.stdout.write("\n".join(lines) + "\n")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
