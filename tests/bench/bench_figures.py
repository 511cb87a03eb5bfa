"""How long drawing takes: ``python -m tests.bench.bench_figures``."""

import sys
import time
from collections.abc import Callable

from hazama.figures import explore, figure_names, rendered, scene
from hazama.figures.compose import compose
from hazama.tables import read, sample
from tests.figures.made import crowd


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds that one call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print one line for every figure and format."""
    town = read(sample())
    report = {f"scene {name}": seconds(lambda name=name: scene(name, town)) for name in figure_names()}  # type: ignore[misc]
    report["scene of 60 boxes and 80 lines"] = seconds(lambda: compose(crowd(60, 80)))
    drawn = scene("governance", town)
    for ending in (".svg", ".png", ".pdf", ".pptx", ".drawio", ".mmd", ".dot", ".html", ".xlsx"):
        report[f"governance{ending}"] = seconds(lambda ending=ending: rendered(drawn, ending))  # type: ignore[misc]
    page = explore(town)
    report["explore"] = seconds(lambda: explore(town))
    for name, taken in report.items():
        sys.stdout.write(f"{taken:8.3f} s  {name}\n")
    sys.stdout.write(f"{len(page.encode()) / 1e6:8.2f} MB explore.html\n")


if __name__ == "__main__":
    main()
