"""Start and stop: one socket on this machine, one loop, nothing left behind."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.site.serve.guard import Application
    from hazama.site.serve.living import Living

PORT = 8765
_OPENING = 3.0
"""Seconds that the first page may take before the server says that it is ready."""
_PATIENCE = 3
"""Seconds that answers under way have to end when the server is stopped."""


def scope_of_date(town: Municipality) -> Scope:
    """What counts unless asked otherwise: stated rows in force on the town's own date."""
    return Scope(town.layer.as_of)


def serve(
    path: Path,
    port: int = PORT,
    scope_of: Callable[[Municipality], Scope] = scope_of_date,
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the town of a folder or workbook on 127.0.0.1 until Ctrl-C or SIGTERM; port 0 takes any free one.

    *ready* is called with the address once it answers. A port in use raises UsageError, tables that cannot
    be read at the start InputError.
    """
    with _socket(port) as listening:
        from hazama.site.serve.living import Living

        living = Living(path, scope_of)
        try:
            address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
            _run(living, listening, lambda: ready(address))
        finally:
            living.close()


def _rest(living: "Living") -> "Application":
    """What FastAPI answers; its import takes a quarter of the start and no published page needs it."""
    from hazama.site.serve.app import application

    return application(living)


def _socket(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port), backlog=256)
    except OSError as error:
        raise UsageError(*phrase("serve", "port_taken", port=port)) from error


def _run(living: "Living", listening: socket.socket, ready: Callable[[], None]) -> None:
    import uvicorn

    from hazama.site.serve.guard import Guard, Late

    class Server(uvicorn.Server):
        """Tends what lives while it runs; stops when asked and then returns, as a command that went well."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            self.tending = asyncio.create_task(living.tend())
            await living.opened(_OPENING)
            ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            self.tending.cancel()
            living.close()
            await super().shutdown(sockets)

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            known = (signal.SIGINT, signal.SIGTERM)
            kept = {one: signal.signal(one, self.handle_exit) for one in known}
            try:
                yield
            finally:
                for one, handler in kept.items():
                    signal.signal(one, handler)

    config = uvicorn.Config(
        Guard(lambda: living.shelf, Late(lambda: _rest(living))),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=400,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_PATIENCE,
        h11_max_incomplete_event_size=32_768,
        lifespan="off",
        loop="asyncio",
        http="h11",
        ws="none",
        proxy_headers=False,
    )
    Server(config).run(sockets=[listening])
