"""A stranger's SPARQL, answered in a process of its own that is stopped when it takes too long.

A query cannot be cancelled inside a process, and SERVICE makes network requests, in pyoxigraph and
in rdflib alike. So the text passes a gate, and runs in a worker without a network (where the system
can take it away), with bounded memory, rows and time, on a store that holds this town and nothing else.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from hazama.knowledge.store import TRIPLE, Embedded, Solutions, Store, loaded, truth
from hazama.knowledge.terms import is_literal, parts
from hazama.knowledge.triples import document
from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.resources import phrase

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

LONGEST_QUERY = 20_000
"""Signs; a longer text is no question of a person, and parsers are slow on it."""
_WORKER = (sys.executable, "-P", "-c", "from hazama.knowledge.strangers import work; work()")
_LONGEST_REPLY = 16_000_000
"""Signs; a single cell can be as long as the memory that its query may use."""
_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
"""CLONE_NEWUSER | CLONE_NEWNET of unshare(2)."""


Form: TypeAlias = Literal["SelectQuery", "AskQuery", "ConstructQuery", "DescribeQuery"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query sees, by address (SPARQL 1.1 Protocol); none means those of the document."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    """The named graphs of the document: what FROM and FROM NAMED may say."""
    base: str | None = None
    """The address of whoever answers, to which addresses in a query are relative."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one query may use."""

    seconds: float = 10.0
    rows: int = 10_000
    megabytes: int = 2_048


class LimitError(UsageError):
    """A query that took more time or memory than it may."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a stranger's query found."""

    form: Form
    found: Solutions
    is_complete: bool
    """Whether every row is there; otherwise there are more than the bound."""
    is_isolated: bool
    """Whether the system took the network away from the worker."""


def query(town: Municipality, text: str, bounds: Bounds = Bounds(), store: Store | None = None) -> Result:
    """The answer to any SPARQL query about *town*, or of *store*, which may hold it already.

    An update, SERVICE, FROM, a text that cannot be parsed, and a query that takes longer or more
    memory than *bounds* raise UsageError. A store elsewhere has its own limits on time and memory.
    """
    if store is None or isinstance(store, Embedded):
        return answered(store.document() if store else document(town), text, bounds)
    asked = admitted(text)
    match form := form_of(asked):
        case "SelectQuery":
            found = store.select(asked)
        case "AskQuery":
            found = truth(store.ask(asked))
        case _:
            found = Solutions(TRIPLE, list(store.construct(asked)))
    kept = Solutions(found.columns, found.rows[: bounds.rows])
    return Result(form, kept, len(found.rows) <= bounds.rows, is_isolated=False)


def answered(document: bytes, text: str, bounds: Bounds, dataset: Dataset = Dataset()) -> Result:
    """The answer of a fresh worker that holds an N-Quads document."""
    request = json.dumps({"text": text, **asdict(bounds), **asdict(dataset)}).encode() + b"\n" + document
    quiet = {**os.environ, "RUST_BACKTRACE": "0"}  # a trace of a failed allocation would allocate again, maybe for ever
    try:
        done = subprocess.run(_WORKER, input=request, capture_output=True, timeout=bounds.seconds, env=quiet)
    except subprocess.TimeoutExpired as error:
        raise LimitError(*phrase("knowledge", "query_too_slow", seconds=bounds.seconds)) from error
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise LimitError(*phrase("knowledge", "query_too_large", megabytes=bounds.megabytes))
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    reply = json.loads(done.stdout)
    if reply is None:
        raise LimitError(*phrase("knowledge", "answer_too_long", most=f"{_LONGEST_REPLY:,}"))
    if "refused" in reply:
        raise UsageError(*reply["refused"])
    found = Solutions(tuple(reply["columns"]), [tuple(row) for row in reply["rows"]])
    return Result(reply["form"], found, reply["is_complete"], reply["is_isolated"])


def work() -> None:
    """The worker: one request on standard input, one reply on standard output."""
    isolated = _without_network()
    request = json.loads(sys.stdin.buffer.readline())
    _bounded(request["megabytes"], request["seconds"])
    try:
        text, most = admitted(request["text"], request["known"]), request["rows"]
        store = loaded(sys.stdin.buffer.read(), request["base"])
        columns, rows = store.answer(text, most + 1, request["default"], request["named"])
        reply = {"form": form_of(text), "columns": columns, "rows": rows[:most], "is_complete": len(rows) <= most}
    except UsageError as error:
        reply = {"refused": [error.sentence("ja"), error.sentence("en")]}
    written = json.dumps({"is_isolated": isolated, **reply})
    sys.stdout.write(written if len(written) < _LONGEST_REPLY else "null")


def form_of(text: str) -> Form:
    """Which of the four forms an admitted query has."""
    from rdflib.plugins.sparql.parser import parseQuery

    form: Form = parseQuery(text)[1].name
    return form


def admitted(text: str, known: Collection[str] = ()) -> str:
    """The query as it may run, in the spelling that was examined; UsageError when it may not.

    Only what rdflib's parser reads as one query without SERVICE, and with FROM of no graph but the *known* ones,
    passes. Escapes are undone and line ends unified first: a comment ends at a carriage return for one parser,
    not for the other.
    """
    from rdflib.plugins.sparql.parser import expandUnicodeEscapes, parseQuery, parseUpdate

    if len(text) > LONGEST_QUERY:
        raise UsageError(*phrase("knowledge", "query_too_long", most=LONGEST_QUERY))
    plain = expandUnicodeEscapes(text.replace("\r\n", "\n").replace("\r", "\n"))
    tree = None if "\\u" in plain.lower() else _parsed(parseQuery, plain)
    if tree is None:
        code = "query_update" if plain.strip() and _parsed(parseUpdate, plain) is not None else "query_unreadable"
        raise UsageError(*phrase("knowledge", code))
    for node in _nodes(tree):
        if node.name == "ServiceGraphPattern":
            raise UsageError(*phrase("knowledge", "query_service"))
        if node.name == "DatasetClause" and not {str(part) for part in node.values()} <= set(known):
            raise UsageError(*phrase("knowledge", "query_from"))
    return plain


def plain(term: str) -> str:
    """A term as a person reads it: the text of a literal, the address of anything else."""
    return parts(term).text if is_literal(term) else term.removeprefix("<").removesuffix(">")


def _parsed(parse: Callable[[str], object], text: str) -> object:
    """The parse tree of a text; None where it has none."""
    from pyparsing import ParseBaseException

    try:
        text.encode()  # half a pair of surrogates is no text
        return parse(text)
    except (ParseBaseException, RecursionError, ValueError):
        return None


def _nodes(tree: object) -> "Iterator[CompValue]":
    """Every node of a parse tree of rdflib."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, CompValue):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, (list, tuple, ParseResults)):
            waiting.extend(node)


def _without_network() -> bool:
    """Move into a network of nobody (unshare(2), Linux only); before any thread has started."""
    if sys.platform != "linux":
        return False
    import ctypes

    return bool(ctypes.CDLL(None).unshare(_NEW_USER_AND_NETWORK) == 0)


def _bounded(megabytes: int, seconds: float) -> None:
    """Bound memory and processor time where the system can (setrlimit), and let whoever else computes go first."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(10)  # so that a heavy query slows nobody's page
    for kind, most in ((resource.RLIMIT_AS, megabytes << 20), (resource.RLIMIT_CPU, int(seconds) + 1)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
