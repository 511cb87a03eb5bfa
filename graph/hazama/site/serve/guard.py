"""What stands before every request: who may ask, how much may be sent, what every answer says, what is logged."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from traceback import format_tb
from typing import Any, TypeAlias
from urllib.parse import quote

from starlette.exceptions import HTTPException

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Headers: TypeAlias = list[tuple[bytes, bytes]]
Application: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]

LOG = logging.getLogger("hazama.serve")
MOST_BYTES = 1_000_000
PATIENCE = 10.0
"""Seconds that a client may let us wait for the next part of a body."""
_OWN = re.compile(rb"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?")
"""What this machine is called by who asks it: addresses of answers are made of it."""
_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
        b"form-action 'self'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer that is ready, 200: every header and every byte."""

    headers: Headers
    body: bytes


class Late:
    """An application that is made when it is first needed, so that the first page need not wait for it."""

    def __init__(self, make: Callable[[], Application]) -> None:
        self._make = make
        self._made: asyncio.Future[Application] | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        self._made = self._made or asyncio.ensure_future(asyncio.to_thread(self._make))
        app = await asyncio.shield(self._made)
        await app(scope, receive, send)


class Guard:
    """Answers from what is ready, and lets an application answer everything else.

    A page elsewhere that has this machine's address renamed to its own (DNS rebinding) sends its own Host,
    and a form elsewhere its own Origin; both are refused.
    """

    def __init__(self, ready: Callable[[], Mapping[str, Ready]], app: Application) -> None:
        self._ready, self._app = ready, app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        status = 0

        async def said(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = completed(message.get("headers", ()), scope["method"])
            await send(message)

        try:
            refusal = _refusal(dict(scope["headers"]))
            if refusal:
                await _refuse(said, refusal)
            elif ready := self._found(scope):
                status = 200
                await send({"type": "http.response.start", "status": 200, "headers": ready.headers})
                await send({"type": "http.response.body", "body": ready.body})
            else:
                await self._app({**scope}, _bounded(receive), said)
        except Exception as error:  # told by where it happened: its message may hold what somebody entered
            LOG.error("%s\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))
            if not status:
                await _refuse(said, 500)
        finally:
            LOG.info("%s %s %s", scope["method"], quote(scope["path"]), status or 500)

    def _found(self, scope: Message) -> Ready | None:
        """What is ready for a request that only reads and has no parameters."""
        is_plain = scope["method"] in ("GET", "HEAD") and not scope["query_string"]
        return self._ready().get(scope["path"]) if is_plain else None


def _refusal(headers: MutableMapping[bytes, bytes]) -> int:
    """The status with which a request is turned away; 0 for one that may pass."""
    host, origin = headers.get(b"host", b""), headers.get(b"origin", b"")
    if not _OWN.fullmatch(host):
        return 421
    # our own no-referrer makes browsers say "null" of our own forms; then Sec-Fetch-Site tells whose they are
    is_own = origin == b"null" and headers.get(b"sec-fetch-site") == b"same-origin"
    if origin and origin != b"http://" + host and not is_own:
        return 403
    length = headers.get(b"content-length", b"0")
    return 413 if not length.isdigit() or len(length) > 12 or int(length) > MOST_BYTES else 0


def _bounded(receive: Receive) -> Receive:
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        if taken < 0:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), PATIENCE)
        except TimeoutError as error:
            raise HTTPException(408) from error
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise HTTPException(413)
        if not message.get("more_body"):
            taken = -1
        return message

    return bounded


def completed(headers: Iterable[tuple[bytes, bytes]], method: str = "GET") -> Headers:
    """The headers of an answer, with those that every answer has."""
    kept = [pair for pair in headers if pair[0].lower() != b"server"]
    known = {name.lower() for name, _ in kept}
    cache = [] if b"cache-control" in known else [(b"cache-control", b"no-store" if method == "POST" else b"no-cache")]
    return [*kept, *cache, *_HEADERS]


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{status}\n".encode()})
