"""What stands before every request: who may ask, how much may be sent, what every answer says, what is logged."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias
from urllib.parse import quote

from starlette.exceptions import HTTPException

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]

LOG = logging.getLogger("hazama.serve")
MOST_BYTES = 1_000_000
PATIENCE = 10.0
"""Seconds that a client may let us wait for the next part of a body."""
_OWN = frozenset({"127.0.0.1", "localhost", "[::1]"})
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


class Guard:
    """Wraps an application.

    A page elsewhere that has this machine's address renamed to its own (DNS rebinding) sends its own Host,
    and a form elsewhere its own Origin; both are refused.
    """

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        status = 0

        async def said(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _completed(message.get("headers", ()), scope["method"])
            await send(message)

        try:
            refusal = _refusal(dict(scope["headers"]))
            if refusal:
                await _refuse(said, refusal)
            else:
                await self._app({**scope}, _bounded(receive), said)
        finally:
            LOG.info("%s %s %s", scope["method"], quote(scope["path"]), status or 500)


def _refusal(headers: MutableMapping[bytes, bytes]) -> int:
    """The status with which a request is turned away; 0 for one that may pass."""
    host, origin = headers.get(b"host", b"").decode("latin-1"), headers.get(b"origin", b"").decode("latin-1")
    if host.rpartition(":")[0] not in _OWN and host not in _OWN:
        return 421
    # our own no-referrer makes browsers say "null" of our own forms; then Sec-Fetch-Site tells whose they are
    is_own = origin == "null" and headers.get(b"sec-fetch-site") == b"same-origin"
    if origin and origin != f"http://{host}" and not is_own:
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


def _completed(headers: Any, method: str) -> list[tuple[bytes, bytes]]:
    kept = [pair for pair in headers if pair[0].lower() != b"server"]
    known = {name.lower() for name, _ in kept}
    cache = [] if b"cache-control" in known else [(b"cache-control", b"no-store" if method == "POST" else b"no-cache")]
    return [*kept, *cache, *_HEADERS]


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{status}\n".encode()})
