"""Addresses are asked for only on request; here a server of this machine answers."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from hazama.tables import check, dead_addresses, read, sentence
from tests.tables.conftest import Make


class Answers(BaseHTTPRequestHandler):
    """404 for /gone, 405 for /no-head, 200 otherwise."""

    def do_HEAD(self) -> None:
        self.send_response({"/gone": 404, "/no-head": 405}.get(self.path, 200))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answers) as made:
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


def test_checking_asks_nobody(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr("socket.socket.connect", forbidden)
    monkeypatch.setattr("socket.getaddrinfo", forbidden)
    assert check(make({"programs.csv": "id,name,source\np1,x,https://example.org/\n"})).town is not None
