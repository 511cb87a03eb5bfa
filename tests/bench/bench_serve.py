"""How fast the server starts and answers, and whether its memory stays flat.

``python -m tests.bench.bench_serve``; targets: first response in 1.5 s, 50 clients for 30 s without an error, 95 % of
pages within 150 ms, memory flat.
"""

import http.client
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from hazama.tables import sample
from tests.site.serving import Served, serving

CLIENTS, SECONDS = 50, 30.0
PAGES = ("/", "/gaps.html", "/matrix.html", "/programs/p_yw.html", "/programs.html", "/en/", "/case", "/ask")


def client(port: int, end: float, times: list[float], errors: list[str]) -> None:
    """Ask for page after page on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    turn = len(times)
    while monotonic() < end:
        start = monotonic()
        try:
            connection.request("GET", PAGES[turn % len(PAGES)])
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                errors.append(str(answer.status))
        except OSError as error:
            errors.append(repr(error))
        times.append(monotonic() - start)
        turn += 1
    connection.close()


def resident(pid: int) -> int:
    """Memory of a process in kB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def load(served: Served, seconds: float) -> tuple[list[float], list[str]]:
    """Seconds of every answer to all clients together, in order of length, and what went wrong."""
    times: list[float] = []
    errors: list[str] = []
    end = monotonic() + seconds
    threads = [threading.Thread(target=client, args=(served.port, end, times, errors)) for _ in range(CLIENTS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sorted(times), errors


def main() -> None:
    """Print what was measured as a Markdown table."""
    with TemporaryDirectory() as folder:
        begun = monotonic()
        with serving(sample(), Path(folder) / "log") as served:
            assert served.ask("/").status == 200
            first = monotonic() - begun
            served.wait("/gaps.html", "確実な狭間")
            load(served, 5)
            before = resident(served.process.pid)
            times, errors = load(served, SECONDS)
            after = resident(served.process.pid)
    lines = [
        "| what | measured |",
        "|---|--:|",
        f"| first response, from the start of the process | {first:.2f} s |",
        f"| answers to {CLIENTS} clients in {SECONDS:.0f} s | {len(times):,} |",
        f"| errors | {len(errors)} |",
        f"| median | {times[len(times) // 2] * 1000:.0f} ms |",
        f"| p95 | {times[len(times) * 95 // 100] * 1000:.0f} ms |",
        f"| memory before and after | {before / 1024:.0f} MB, {after / 1024:.0f} MB |",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
