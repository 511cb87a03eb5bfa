"""Commands on the sample town as a planner runs them: a fresh process each, median of ten.

python -m tests.bench.bench_commands
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 10
COMMANDS = {
    "hazama --help": (["--help"], 0.15),
    "hazama find --age 45 --need ひきこもり": (["find", "--age", "45", "--need", "ひきこもり"], 0.6),
    "hazama gaps": (["gaps"], 1.0),
    "hazama audit": (["audit"], 2.0),
    "hazama draw governance -o 4.svg": (["draw", "governance", "-o", "{folder}/4.svg"], None),
    "hazama publish -o page": (["publish", "-o", "{folder}/page"], 5.0),
}


def seconds(arguments: list[str]) -> float:
    """Wall time of one run of the command in a process of its own."""
    line = [sys.executable, "-c", "from hazama.cli import main; main()", *arguments]
    begun = time.perf_counter()
    subprocess.run(line, check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    """Print a Markdown table: command, median of ten runs, limit."""
    lines = ["| command | median s | limit s |", "|---|--:|--:|"]
    with tempfile.TemporaryDirectory() as folder:
        for name, (arguments, limit) in COMMANDS.items():
            filled = [argument.replace("{folder}", str(Path(folder))) for argument in arguments]
            median = statistics.median(seconds(filled) for _ in range(RUNS))
            lines.append(f"| `{name}` | {median:.2f} | {limit or ''} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
