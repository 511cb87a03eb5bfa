"""Addresses are asked for only on request; here a server of this machine answers."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hazama.tables import check, dead_addresses, online, read, sentence
from tests.tables.conftest import Make

STATUS = {"/gone": 404, "/no-head": 405}
TARGETS = {
    "/to-here": "/here",
    "/to-gone": "/gone",
    "/loop": "/loop",
    "/to-file": "file:///x",
    "/to-ftp": "ftp://127.0.0.1/",
}


class Answers(BaseHTTPRequestHandler):
    """A status by address, redirects, and answers that are none."""

    def do_HEAD(self) -> None:
        if self.path == "/garbage":
            self.wfile.write(b"\x00garbage\r\n\r\n")
        elif self.path == "/slow":
            time.sleep(0.6)
        elif self.path == "/drip":
            with suppress(OSError):
                for piece in (b"HTTP/1.1 200 OK\r\n", *[b"X"] * 60):
                    self.wfile.write(piece)
                    time.sleep(0.1)
        else:
            self.send_response(302 if self.path in TARGETS else STATUS.get(self.path, 200))
            if self.path in TARGETS:
                self.send_header("Location", TARGETS[self.path])
            self.end_headers()

    def do_GET(self) -> None:
        """What urllib makes of a redirected HEAD before Python 3.13."""
        self.do_HEAD()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{made.server_port}"
        made.shutdown()
        thread.join()


def test_dead_addresses_are_named_by_cell(make: Make, server: str) -> None:
    rows = f"p1,x,{server}/here;{server}/gone\np2,y,{server}/no-head\np3,z,http://127.0.0.1:1/\n"
    town = read(make({"programs.csv": "id,name,source\n" + rows}))
    found = list(dead_addresses(town))
    assert [(entry.row, entry.column, entry.severity) for entry in found] == [
        (2, "source", "warning"),
        (4, "source", "warning"),
    ]
    assert f"{server}/gone" in sentence(found[0])
    assert "404" in sentence(found[0])


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/here", ""), ("/to-here", ""), ("/日本語/資料?題=一#p.3", ""), ("/drip", ""),
        ("/to-gone", "dead_address"), ("/loop", "dead_address"), ("/to-file", "dead_address"),
        ("/to-ftp", "mute_address"), ("/garbage", "mute_address"), ("/slow", "slow_address"),
    ],
)  # fmt: skip
def test_every_kind_of_answer_is_told(
    make: Make, server: str, monkeypatch: pytest.MonkeyPatch, address: str, code: str
) -> None:
    monkeypatch.setattr(online, "SECONDS", 0.3)
    town = read(make({"programs.csv": f"id,name,source\np1,x,{server}{address}\n"}))
    found = list(dead_addresses(town))
    assert [entry.code for entry in found] == [code] * bool(code)
    assert not found or (sentence(found[0]).isprintable() and f"{server}{address}" in sentence(found[0], "en"))


def test_checking_asks_nobody(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr("socket.socket.connect", forbidden)
    monkeypatch.setattr("socket.getaddrinfo", forbidden)
    assert check(make({"programs.csv": "id,name,source\np1,x,https://example.org/\n"})).town is not None
