"""How fast the server starts and answers, and whether its memory stays flat.

``python -m tests.bench.bench_serve``; targets: first response in 1.5 s, 50 clients for 30 s without an error, 95 % of
pages within 150 ms, memory flat; 200 ms while endless queries run, each stopped after 10 s.
"""

import asyncio
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from hazama.tables import sample
from tests.site.serving import Served, serving

CLIENTS, SECONDS = 50, 30.0
PAGES = ("/", "/gaps.html", "/matrix.html", "/programs/p_yw.html", "/programs.html", "/en/", "/case", "/ask")
_LENGTH = re.compile(rb"content-length: (\d+)")


async def client(port: int, turn: int, end: float, times: list[float], errors: list[str]) -> None:
    """Ask for page after page on one connection, with as little work as a client can do."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    while monotonic() < end:
        start = monotonic()
        writer.write(f"GET {PAGES[turn % len(PAGES)]} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(_LENGTH.findall(head)[0]))
            if b" 200 " not in head[:13]:
                errors.append(head[:13].decode())
        except (OSError, EOFError) as error:
            errors.append(repr(error))
            break
        times.append(monotonic() - start)
        turn += 1
    writer.close()


def resident(pid: int) -> int:
    """Memory of a process in kB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def load(served: Served, seconds: float) -> tuple[list[float], list[str]]:
    """Seconds of every answer to all clients together, in order of length, and what went wrong."""
    times: list[float] = []
    errors: list[str] = []

    async def all_clients() -> None:
        end = monotonic() + seconds
        await asyncio.gather(*(client(served.port, turn, end, times, errors) for turn in range(CLIENTS)))

    asyncio.run(all_clients())
    return sorted(times), errors


def beside_slow_queries(served: Served) -> list[float]:
    """Seconds of pages asked for one after another while four endless queries run, in order of length."""
    query, times = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }", list[float]()
    with ThreadPoolExecutor(4) as pool:
        direct = {"Content-Type": "application/sparql-query"}
        slow = [pool.submit(served.ask, "/sparql", "POST", query, direct) for _ in range(4)]
        while not any(one.done() for one in slow):
            start = monotonic()
            assert served.ask("/gaps.html").status == 200
            times.append(monotonic() - start)
    assert [one.result().status for one in slow] == [422] * 4
    return sorted(times)


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
            beside = beside_slow_queries(served)
    lines = [
        "| what | measured |",
        "|---|--:|",
        f"| first response, from the start of the process | {first:.2f} s |",
        f"| answers to {CLIENTS} clients in {SECONDS:.0f} s | {len(times):,} |",
        f"| errors | {len(errors)} |",
        f"| median | {times[len(times) // 2] * 1000:.0f} ms |",
        f"| p95 | {times[len(times) * 95 // 100] * 1000:.0f} ms |",
        f"| p95 of pages while four endless queries run | {beside[len(beside) * 95 // 100] * 1000:.0f} ms |",
        f"| memory before and after | {before / 1024:.0f} MB, {after / 1024:.0f} MB |",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
