"""A SPARQL 1.1 server by address: queries by protocol, one named graph loaded by the Graph Store Protocol.

Whatever is no whole answer is an error. Credentials come from the environment and are in no message.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urljoin, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    build_opener,
)

from hazama.knowledge.store import Solutions, solutions
from hazama.knowledge.terms import Triple
from hazama.knowledge.vocabulary import PREFIXES
from hazama.model.errors import HazamaError
from hazama.resources import phrase

USER, PASSWORD, TIMEOUT = "HAZAMA_STORE_USER", "HAZAMA_STORE_PASSWORD", "HAZAMA_STORE_TIMEOUT"
"""Environment variables; credentials come from nowhere else."""
_DIGEST = "urn:hazama:digest"
_RESULTS, _GRAPH = "application/sparql-results+json", "application/rdf+xml"
"""Both end in a mark that a cut answer lacks; N-Triples cut at the end of a line would look whole."""
_VIRTUOSO_ASK = "__ASK_RETVAL"
"""Virtuoso 7 answers an ASK as a SELECT of this: one row for yes, none for no."""
_CUT = "X-SPARQL-MaxRows"
"""Where Virtuoso says that it cut a SELECT; it says nothing where it cuts a CONSTRUCT."""


class StoreError(HazamaError):
    """A store cannot be reached, written or believed."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One named graph of a SPARQL 1.1 server; whatever is no whole answer raises StoreError."""

    address: str
    graph: str

    def select(self, query: str) -> Solutions:
        """The solutions of a SELECT."""
        with self._believed():
            return solutions(self._results(query))

    def ask(self, query: str) -> bool:
        """The answer of an ASK."""
        from pyoxigraph import QueryBoolean

        with self._believed():
            found = self._results(query)
            if isinstance(found, QueryBoolean):
                return bool(found)
            names, rows = solutions(found)
            if names != (_VIRTUOSO_ASK,):
                raise SyntaxError(names)
            return bool(rows)

    def construct(self, query: str) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE."""
        from pyoxigraph import RdfFormat, parse

        body = self._query(query, _GRAPH)
        with self._believed():
            if not body.rstrip().endswith(b">"):
                raise SyntaxError(body[-9:])
            found = list(parse(body, RdfFormat.RDF_XML))
        return ((str(one.subject), str(one.predicate), str(one.object)) for one in found)

    def digest(self) -> str:
        """The digest beside the graph; empty while it is not, or only half, loaded."""
        held = Endpoint(self.address, _DIGEST).select(f"SELECT ?digest {{ <{self.graph}> <{_DIGEST}> ?digest }}")
        return held.rows[0][0].strip('"') if len(held.rows) == 1 else ""

    def put(self, graphs: str, text: bytes) -> None:
        """Replace the graph by the Graph Store Protocol at *graphs*; without its digest until all of it is there."""
        update = self.address.removesuffix("/query") + "/update" if self.address.endswith("/query") else self.address
        forget = f"DELETE WHERE {{ GRAPH <{_DIGEST}> {{ <{self.graph}> <{_DIGEST}> ?old }} }}"
        note = f'INSERT DATA {{ GRAPH <{_DIGEST}> {{ <{self.graph}> <{_DIGEST}> "{digest(text)}" }} }}'
        self._send(update, urlencode({"update": forget}).encode(), {})
        if os.environ.get(USER):
            self._send_graph(graphs, b"")  # Virtuoso hangs up on a large body it must refuse
        self._send_graph(graphs, text)
        self._send(update, urlencode({"update": note}).encode(), {})

    def _send_graph(self, graphs: str, text: bytes) -> None:
        headers = {"Content-Type": "application/n-triples"}
        self._send(f"{graphs}?graph={quote(self.graph, safe='')}", text, headers, "PUT")

    def _results(self, query: str) -> Any:
        from pyoxigraph import QueryResultsFormat, parse_query_results

        return parse_query_results(self._query(query, _RESULTS), QueryResultsFormat.JSON)

    def _query(self, query: str, accept: str) -> bytes:
        prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
        form = urlencode({"query": prefixes + query, "default-graph-uri": self.graph}).encode()
        return self._send(self.address, form, {"Accept": accept})

    def _send(self, address: str, body: bytes, headers: dict[str, str], method: str = "POST") -> bytes:
        seconds = float(os.environ.get(TIMEOUT, "60"))
        try:
            with _opener(address).open(Request(address, body, headers, method=method), timeout=seconds) as reply:
                if reply.status == HTTPStatus.PARTIAL_CONTENT or _CUT in reply.headers:
                    raise StoreError(*phrase("towns", "store_cut", host=_host(address)))
                return _whole(reply, time.monotonic() + seconds)
        except HTTPError as error:
            error.close()
            code = "store_denied" if error.code in (401, 403) else "store_refused"
            raise StoreError(*phrase("towns", code, host=_host(address), status=error.code)) from None
        except TimeoutError:
            raise StoreError(*phrase("towns", "store_slow", host=_host(address), seconds=seconds)) from None
        except (URLError, OSError, EOFError, ValueError) as error:
            slow = isinstance(getattr(error, "reason", None), TimeoutError)
            code = "store_slow" if slow else "store_unreachable"
            raise StoreError(*phrase("towns", code, host=_host(address), seconds=seconds)) from None

    @contextmanager
    def _believed(self) -> Iterator[None]:
        """What is no answer in the format that was asked for is broken."""
        try:
            yield
        except (SyntaxError, AttributeError) as error:
            raise StoreError(*phrase("towns", "store_broken", host=_host(self.address))) from error


def _whole(reply: Any, until: float) -> bytes:
    """The body; a server that drips is as late as one that is silent."""
    parts = []
    try:
        while part := reply.read1(1 << 16):
            parts.append(part)
            if time.monotonic() > until:
                raise TimeoutError
        expected = reply.headers.get("Content-Length")
    except HTTPException as error:
        raise EOFError from error
    body = b"".join(parts)
    if expected is not None and len(body) != int(expected):
        raise EOFError
    return body


class _Digest(HTTPDigestAuthHandler):
    """Digest authentication that answers the last challenge of an address ahead of the next one."""

    def __init__(self, known: HTTPPasswordMgrWithDefaultRealm) -> None:
        super().__init__(known)
        self._challenges: dict[str, Any] = {}

    def get_authorization(self, req: Request, chal: Any) -> Any:
        """The answer to a challenge, which is kept."""
        self._challenges[_without_query(req)] = chal
        return super().get_authorization(req, chal)

    def http_request(self, req: Request) -> Request:
        """A request with its answer, where the address has asked before."""
        if (chal := self._challenges.get(_without_query(req))) and not req.has_header(self.auth_header):
            req.add_unredirected_header(self.auth_header, f"Digest {self.get_authorization(req, chal)}")
        return req

    https_request = http_request


def _without_query(request: Request) -> str:
    return request.full_url.partition("?")[0]


def _opener(address: str) -> Any:
    if "@" in urlsplit(address).netloc:
        raise StoreError(*phrase("towns", "store_secret", user=USER, password=PASSWORD))
    return _opened(urljoin(address, "/"), os.environ.get(USER, ""), os.environ.get(PASSWORD, ""))


@cache
def _opened(server: str, user: str, password: str) -> Any:
    known = HTTPPasswordMgrWithDefaultRealm()
    if user:
        known.add_password(None, server, user, password)
    return build_opener(HTTPBasicAuthHandler(known), _Digest(known))


def _host(address: str) -> str:
    return urlsplit(address).netloc.rpartition("@")[2]


def digest(text: bytes) -> str:
    """What tells two documents apart."""
    return sha256(text).hexdigest()
