"""What is answered while the tables are read and pages are made."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from hazama.site.serve.app import application
from hazama.site.serve.guard import Guard, Message, Receive, Send
from hazama.site.serve.living import Living
from hazama.site.serve.running import scope_of_date
from hazama.tables import sample


def test_a_town_is_answered_before_its_first_page_is_made() -> None:
    """As a large one is: its first page takes longer than the server waits before it says that it is ready."""
    living = Living(sample(), scope_of_date)
    try:
        guard = Guard(lambda: living.shelf, application(living))
        _run(living.opened(0.01))
        for address, told in (("/", "ページを作っています"), ("/en/", "The pages are being made")):
            status, headers, text = _run(_answer(guard, address))
            assert (status, headers[b"refresh"]) == (503, b"2")
            assert told in text
        assert _run(_answer(guard, "/assets/site.css"))[0] == 200
        assert _run(_answer(guard, "/case"))[0] == 200
    finally:
        living.close()


def test_what_somebody_entered_is_in_no_log_even_of_an_error(caplog: pytest.LogCaptureFixture) -> None:
    entered = "1.age=54&1.needs=withdrawal"

    async def broken(scope: Message, receive: Receive, send: Send) -> None:
        raise ValueError(entered)

    with caplog.at_level("INFO", "hazama.serve"):
        assert _run(_answer(Guard(dict, broken), "/case"))[0] == 500
    assert "ValueError" in caplog.text and "in broken" in caplog.text
    assert entered not in caplog.text


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run it in a thread: the browser of the tests before keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _answer(app: Guard, path: str) -> tuple[int, dict[bytes, bytes], str]:
    """Status, headers and text of one GET, without a socket."""
    sent: list[Any] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b""}

    async def send(message: object) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [(b"host", b"localhost")]}
    await app(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"].decode()
