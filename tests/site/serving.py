"""A server in a process of its own, and plain HTTP to it."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PATIENCE = 300.0
"""Seconds after which something that should have come is missing, however busy the machine."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode()


class Served(NamedTuple):
    """A server at work."""

    port: int
    process: "subprocess.Popen[str]"
    log: Path

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def post(self, path: str, body: str, **headers: str) -> Answer:
        """A form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(path, "POST", body.encode(), {**kind, **headers})

    def wait(self, path: str, wanted: str) -> str:
        """The text of a page as soon as it holds something; a busy machine may take its time."""
        end, text = time.monotonic() + PATIENCE, ""
        while time.monotonic() < end and self.process.poll() is None:
            text = self.ask(path).text
            if wanted in text:
                return text
            time.sleep(0.2)
        raise AssertionError(f"{wanted} never appeared on {path}: {text[:3000]}")

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """Ask it, and whatever it started in its group, to stop, and give its exit code."""
        os.killpg(self.process.pid, sign)
        return self.process.wait(PATIENCE)


def command(town: Path, port: int) -> list[str]:
    """The command line of a server."""
    return [sys.executable, "-P", "-c", "from hazama.cli import main; main()", "serve", str(town), "--port", str(port)]


@contextmanager
def serving(town: Path, log: Path) -> Iterator[Served]:
    """``hazama serve`` on a free port; stopped at the end."""
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command(town, 0), stderr=out, stdout=out, text=True, env=_environment(), start_new_session=True
        )
    try:
        port = _port(process, log)
        yield Served(port, process, log)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1"}


def _port(process: "subprocess.Popen[str]", log: Path) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)/", log.read_text(encoding="utf-8")):
            return int(found[1])
        time.sleep(0.02)
    raise AssertionError(log.read_text(encoding="utf-8"))
