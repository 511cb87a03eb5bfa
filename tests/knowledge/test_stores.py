"""Stores elsewhere answer as the embedded one does, or say why not; nothing in between."""

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hazama import ask, read, sample
from hazama.cli import cli
from hazama.knowledge import stores
from hazama.knowledge.endpoint import PASSWORD, TIMEOUT, USER, Endpoint, StoreError
from hazama.knowledge.find import Criteria, find
from hazama.knowledge.questions import questions
from hazama.knowledge.store import load
from hazama.knowledge.stores import graph_name, graph_store, on_disk, opened, put
from hazama.knowledge.triples import document
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from hazama.towns.sample import numbered_town
from tests.towns import small_town

QUERY = "SELECT ?program ?need { ?program a cpsv:PublicService ; hz:need ?need } ORDER BY ?program ?need"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def oxigraph(home: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The real Oxigraph server."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("no oxigraph")
    port = free_port()
    process = subprocess.Popen([program, "serve", "--location", home, "--bind", f"127.0.0.1:{port}"], stderr=-3)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}/query", process
    finally:
        process.kill()
        process.wait()


VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""


@contextmanager
def virtuoso(home: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The real Virtuoso on the loopback, with the password of a fresh one; nothing in it is anyone's."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("no virtuoso-t (apt-get install virtuoso-opensource-7-bin)")
    port = free_port()
    (home / "virtuoso.ini").write_text(VIRTUOSO.format(sql=free_port(), http=port), encoding="utf-8")
    process = subprocess.Popen([program, "+foreground"], cwd=home, stdout=-3, stderr=-3)
    try:
        wait_for(port)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(USER, "dba")
            patch.setenv(PASSWORD, "dba")
            yield f"http://127.0.0.1:{port}/sparql-auth", process
    finally:
        process.kill()
        process.wait()


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


SERVERS = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as (address, _):
        yield address


@pytest.fixture(scope="module")
def sample_folder(server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk; the sample town is on the server too."""
    loaded = CliRunner().invoke(cli, ["load", "--store", server])
    assert loaded.exit_code == 0, loaded.stderr
    return tmp_path_factory.mktemp("disk") / "store"


def test_every_store_answers_the_same(server: str, tmp_path: Path) -> None:
    scope = Scope()
    town = view(small_town(), scope)
    put(town, scope, server)
    found = [opened(where, town, scope) for where in ("memory", str(tmp_path / "store"), server)]
    first, *others = [one.select(QUERY) for one in found]
    assert first.rows and others == [first, first]
    assert len({one.ask("ASK { ?p hz:need ?n }") for one in found}) == 1
    made = [set(one.construct("CONSTRUCT { ?p a cpsv:PublicService } { ?p a cpsv:PublicService }")) for one in found]
    assert made[0] and made[1:] == made[:1] * 2


def test_commands_answer_the_same(server: str, tmp_path: Path) -> None:
    loaded = CliRunner().invoke(cli, ["load", "--store", server])
    assert loaded.exit_code == 0, loaded.stderr
    for asked in (["ask", questions()[0].id], ["query", "-q", QUERY]):
        answers = [
            CliRunner().invoke(cli, [*asked, "--format", "json", "--store", where])
            for where in ("memory", str(tmp_path / "store"), server)
        ]
        assert {one.exit_code for one in answers} == {0}
        assert len({one.stdout for one in answers}) == 1


CRITERIA: dict[str, list[str]] = {
    "everything": [],
    "person": ["--age", "45", "--need", "ひきこもり"],
    "child": ["--age", "10", "--function", "相談"],
    "conditions": ["--condition", "手帳なし", "--condition", "一人暮らし", "--age", "70"],
    "agency": ["--agency", "地域共生社会推進室"],
    "provision": ["--provision", "社会福祉法106条の4第2項"],
    "classes": ["--theme", "1", "--field", "高齢", "--reach", "専用"],
    "text": ["--text", "ケアラ"],
    "nothing": ["--text", "ありえない言葉"],
}


@pytest.mark.parametrize("name", CRITERIA)
def test_find_answers_the_same(name: str, server: str, sample_folder: Path) -> None:
    answers = [
        CliRunner().invoke(cli, ["find", *CRITERIA[name], "--format", "json", "--store", where])
        for where in ("memory", str(sample_folder), server)
    ]
    assert {one.exit_code for one in answers} == {0}, answers[0].stderr
    assert len({one.stdout for one in answers}) == 1
    assert (json.loads(answers[0].stdout) == []) == (name == "nothing")


@pytest.mark.parametrize("town", [lambda: read(sample()), lambda: numbered_town(1, 60, 1)], ids=["sample", "made up"])
def test_every_question_is_answered_the_same(server: str, town: Callable[[], Municipality]) -> None:
    whole = town()
    now = Scope(as_of=whole.layer.as_of)
    put(whole, now, server)
    for asked in questions():
        scope = asked.scoped(now)
        seen = view(whole, scope)
        assert ask(seen, asked, store=opened(server, seen, scope)) == ask(seen, asked), asked.id


SMALL = [
    Criteria(district="北地区"),
    Criteria(age=35, district="北地区", condition=("手帳なし",)),
    Criteria(need="ひきこもり", age=40),
    Criteria(agency="みなと町役場"),
    Criteria(provision="見本ケア法"),
    Criteria(text="ｏｐｅｎ　ＤＥＳＫ"),
]


@pytest.mark.parametrize("criteria", SMALL, ids=str)
def test_find_reads_the_store(criteria: Criteria) -> None:
    town = view(small_town(), Scope())
    assert find(town, criteria, load(town)) == find(town, criteria) != []
    assert find(town, criteria, load(replace(town, programs=(), eligibility=()))) != find(town, criteria)


def test_plain_commands_load_no_other_store() -> None:
    script = (
        "import sys; from hazama.cli import cli; cli(sys.argv[1:], standalone_mode=False); "
        "sys.exit('hazama.knowledge.stores' in sys.modules or 'hazama.knowledge.held' in sys.modules)"
    )
    for asked in (["find"], ["ask", questions()[0].id], ["query", "-q", "ASK {}"]):
        assert subprocess.run([sys.executable, "-c", script, *asked], stdout=-3, stderr=-3).returncode == 0


def test_a_store_that_holds_something_else_does_not_answer(server: str) -> None:
    scope = Scope(editors=False)
    town = view(small_town(), scope)
    with pytest.raises(StoreError, match="hazama load"):
        opened(server, town, scope)
    Endpoint(server, graph_name(town, scope)).put(graph_store(server), b"<a:a> <a:b> <a:c> .\n")
    with pytest.raises(StoreError, match="違います"):
        opened(server, town, scope)


def test_a_wrong_password_is_told_and_not_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with virtuoso(tmp_path) as (address, _):
        monkeypatch.setenv(PASSWORD, "himitsu")
        for work in (["load"], ["ask", questions()[0].id], ["query", "-q", QUERY]):
            told = CliRunner().invoke(cli, [*work, "--store", address])
            assert told.exit_code == StoreError.exit_code and not told.stdout
            assert PASSWORD in told.stderr and "himitsu" not in told.stderr


def test_rows_that_a_server_cuts_are_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "VIRTUOSO", VIRTUOSO.replace("1000000", "10"))
    town = view(small_town(), Scope())
    with virtuoso(tmp_path) as (address, _):
        put(town, Scope(), address)
        store = opened(address, town, Scope())
        assert store.select("SELECT * { ?s ?p ?o } LIMIT 9").rows
        with pytest.raises(StoreError, match="途中の行で切りました"):
            store.select("SELECT * { ?s ?p ?o }")


def test_a_half_loaded_graph_does_not_answer(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scope = Scope()
    town = view(small_town(), scope)
    put(town, scope, server)
    monkeypatch.setenv(TIMEOUT, "3")
    with pytest.raises(StoreError):
        Endpoint(server, graph_name(town, scope)).put(server + "/nowhere", b"<a:a> <a:b> <a:c> .\n")
    with pytest.raises(StoreError, match="途中"):
        opened(server, town, scope)


@pytest.mark.parametrize("started", SERVERS.values(), ids=SERVERS)
def test_a_server_stopped_midway_loses_nothing(started: Callable[..., Any], tmp_path: Path) -> None:
    """Killed while it is loaded and while it is asked; no answer comes until a new load is done."""
    scope = Scope()
    town = view(small_town(), scope)
    text = document(town)
    with started(tmp_path) as (address, process):
        put(town, scope, address)
        endpoint = opened(address, town, scope)
        assert endpoint.select(QUERY).rows

        def killing(url: str, *rest: Any, send: Any = Endpoint._send) -> Any:
            if "graph=" in url:
                process.kill()
                process.wait()
            return send(Endpoint(address, graph_name(town, scope)), url, *rest)

        with pytest.MonkeyPatch.context() as patch, pytest.raises(StoreError, match="つながらない"):
            patch.setattr(Endpoint, "_send", lambda _self, *given: killing(*given))
            Endpoint(address, graph_name(town, scope)).put(graph_store(address), text)
        with pytest.raises(StoreError, match="つながらない"):
            endpoint.select(QUERY)
    with started(tmp_path) as (address, _):
        with pytest.raises(StoreError, match="途中"):
            opened(address, town, scope)
        put(town, scope, address)
        assert opened(address, town, scope).select(QUERY) == load(town).select(QUERY)


def test_a_server_that_hangs_up_in_the_middle_of_an_answer_gives_none() -> None:
    """A whole answer in itself, but shorter than was announced; and a chunk that never ends."""
    whole = b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}'
    heads = [b"Content-Length: 900", b"Transfer-Encoding: chunked"]
    for head, body in zip(heads, (whole, b"ff\r\n" + whole), strict=True):
        with socket.create_server(("127.0.0.1", 0)) as bad:

            def answer(bad: socket.socket = bad, head: bytes = head, body: bytes = body) -> None:
                with bad.accept()[0] as line:
                    line.recv(1 << 16)
                    line.sendall(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n" + body)

            thread = threading.Thread(target=answer)
            thread.start()
            with pytest.raises(StoreError, match="途中で切れました"):
                Endpoint(f"http://127.0.0.1:{bad.getsockname()[1]}/query", "urn:a").select(QUERY)
            thread.join()


def test_a_folder_is_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town = small_town()
    before = on_disk(tmp_path, town).select(QUERY)
    monkeypatch.setattr(stores, "build", None)
    assert on_disk(tmp_path, town).select(QUERY) == before


def test_a_second_writer_is_told(tmp_path: Path) -> None:
    from pyoxigraph import Store as Oxigraph

    writing = Oxigraph(str(tmp_path / "building"))
    with pytest.raises(StoreError, match="書き込み中"):
        on_disk(tmp_path, small_town())
    del writing


BAD = {
    "half": (200, b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri", "va', 0.0),
    "no results": (200, b'{"head": {"vars": ["s"]}}', 0.0),
    "a page": (200, b"<html></html>", 0.0),
    "empty": (200, b"", 0.0),
    "password": (401, b"", 0.0),
    "dialect": (400, b"transitive start not given", 0.0),
    "slow": (200, b"{}", 1.5),
}


@pytest.mark.parametrize("kind", BAD)
def test_no_bad_answer_is_an_empty_one(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    status, body, wait = BAD[kind]

    class Bad(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(wait)
            with suppress(BrokenPipeError):
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    monkeypatch.setenv(TIMEOUT, "0.5")
    monkeypatch.setenv(USER, "hanako")
    monkeypatch.setenv(PASSWORD, "himitsu")
    with ThreadingHTTPServer(("127.0.0.1", 0), Bad) as bad:
        threading.Thread(target=bad.serve_forever, daemon=True).start()
        endpoint = Endpoint(f"http://127.0.0.1:{bad.server_port}/sparql", "urn:a")
        for verb in (endpoint.select, endpoint.ask, endpoint.construct):
            with pytest.raises(StoreError) as error:
                verb("SELECT ?s { ?s ?p ?o }")
            assert "himitsu" not in error.value.sentence("ja") + error.value.sentence("en")
        bad.shutdown()


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(StoreError, match="つながらない"):
        Endpoint(f"http://127.0.0.1:{free_port()}/query", "urn:a").select(QUERY)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(StoreError) as error:
        Endpoint("http://hanako:himitsu@127.0.0.1:1/query", "urn:a").select(QUERY)
    assert "himitsu" not in error.value.sentence("ja")
