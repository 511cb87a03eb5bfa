"""Whether the addresses of a town still answer: the only thing in hazama that may touch the network, when asked."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import SHUT_RDWR
from threading import Timer
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from hazama.model.errors import Violation
from hazama.model.town import Municipality
from hazama.tables.columns import declaration
from hazama.tables.rules import place
from hazama.tables.sheets import violation

SECONDS = 10
AT_ONCE = 8


def dead_addresses(town: Municipality) -> Iterator[Violation]:
    """A warning for every cell whose address does not answer."""
    cells = list(_addresses(town))
    unique = sorted({address for *_, address in cells})
    with ThreadPoolExecutor(AT_ONCE) as pool:
        failures = dict(zip(unique, pool.map(_failure, unique), strict=True))
    for file, row, column, address in cells:
        if failure := failures[address]:
            code, reason = failure
            yield violation(file, row, column, code, found=address, reason=reason)


def _addresses(town: Municipality) -> Iterator[tuple[str, int, str, str]]:
    for name, rows in town.tables():
        columns = [column.name for column in declaration()[name].columns if column.kind in ("url", "source")]
        columns += ["address"] * (name == "sources")
        for row in rows:
            for column in dict.fromkeys(columns):
                value = getattr(row, column)
                for text in value if isinstance(value, tuple) else (value,):
                    if text.startswith(("http://", "https://")):
                        yield place(row), row.origin.row, column, text


def _failure(address: str) -> tuple[str, str] | None:
    """The code of why an address does not answer, with the status or the seconds that it quotes; None if it does."""
    try:
        with _opener().open(Request(_ascii(address), method="HEAD", headers={"User-Agent": "hazama"}), timeout=SECONDS):
            return None
    except HTTPError as error:
        return None if error.code in (401, 403, 405, 429) else ("dead_address", str(error.code))
    except (HTTPException, OSError, ValueError) as error:
        is_slow = isinstance(getattr(error, "reason", error), TimeoutError)
        return ("slow_address", str(SECONDS)) if is_slow else ("mute_address", "")


def _ascii(address: str) -> str:
    """The address as it is sent, where it is written in Japanese (RFC 3987 3.1)."""
    scheme, home, *rest = urlsplit(address)
    return urlunsplit((scheme, home.encode("idna").decode(), *(quote(part, safe="%/:=&?~+!$,;'@()*") for part in rest)))


class _Patient(HTTPConnection):
    """A connection that is hung up when its answer drips on and on."""

    def getresponse(self) -> HTTPResponse:
        hang_up = Timer(2 * SECONDS, self.sock.shutdown, [SHUT_RDWR])
        hang_up.start()
        try:
            return super().getresponse()
        finally:
            hang_up.cancel()


class _Secure(_Patient, HTTPSConnection):
    """The same over TLS."""


class _Web(HTTPHandler, HTTPSHandler):
    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_Patient, req)

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_Secure, req)


def _opener() -> OpenerDirector:
    """What follows proxies and redirects, but to nothing that is no web address: no file, no FTP."""
    opener = OpenerDirector()
    parts = (ProxyHandler, HTTPRedirectHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler, UnknownHandler, _Web)
    for part in parts:
        opener.add_handler(part())
    return opener
