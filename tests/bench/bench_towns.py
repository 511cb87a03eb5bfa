"""Made-up towns packed, audited and counted: measured on some, the country of 1,741 extrapolated.

``python -m tests.bench.bench_towns [TOWNS] [PROGRAMMES]`` prints a Markdown table.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter

from hazama.towns import audit, pack, rank, sample

COUNTRY = 1741


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def main(towns: int, programs: int) -> None:
    """Print the table; the right column is a proportion, not a measurement."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        sample(towns, home / "in", programs)
        measured = {"pack": seconds(lambda: pack([home / "in"], home / "towns"))}
        for workers in (1, 2):
            output = home / f"{workers}.parquet"
            measured[f"audit, {workers} workers"] = seconds(
                lambda o=output, w=workers: list(audit(home / "towns", o, workers=w))  # type: ignore[misc]
            )
        measured["rank"] = seconds(lambda: rank(home / "towns"))
    lines = [
        f"| {towns} towns × {programs:,} programmes | s | s for {COUNTRY:,} towns, extrapolated |",
        "|---|--:|--:|",
    ]
    memory = getrusage(RUSAGE_CHILDREN).ru_maxrss >> 10
    lines += [f"| the largest worker, MB | {memory} | |"]
    lines += [f"| {name} | {spent:.1f} | {spent * COUNTRY / towns:.0f} |" for name, spent in measured.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*(given or [40]), *([2000] if len(given) < 2 else []))
