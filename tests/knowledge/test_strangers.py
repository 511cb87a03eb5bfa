"""A stranger's SPARQL: what the gate refuses, and that the worker is stopped."""

import http.server
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from hazama.knowledge import strangers
from hazama.knowledge.store import loaded
from hazama.knowledge.strangers import LONGEST_QUERY, Bounds, LimitError, admitted, answered, plain, query
from hazama.model.errors import UsageError
from tests.towns import small_town

INSIDE = "SERVICE <http://localhost/> { ?a ?b ?c }"
DOCUMENT = "".join(f'<a:{n}> <a:p> "{n}" .\n' for n in range(2000)).encode()


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ {INSIDE} }}",
        f"SELECT * {{ ?s ?p ?o MINUS {{ {INSIDE} }} }}",
        f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ {INSIDE} }} }}",
        f"SELECT (EXISTS {{ {INSIDE} }} AS ?x) {{ ?s ?p ?o }}",
        f"SELECT * {{ {{ SELECT * {{ OPTIONAL {{ {INSIDE} }} }} }} }}",
        f"CONSTRUCT {{ ?a ?b ?c }} WHERE {{ {INSIDE} }}",
        f"DESCRIBE ?a WHERE {{ {INSIDE} }}",
        "SELECT * { ?s <a:at> ?x . SERVICE SILENT ?x { ?a ?b ?c } }",
        "select * { service <a:b> { ?a ?b ?c } }",
        f"SELECT * {{ ?s ?p ?o # a comment\r {INSIDE}\n }}",
        "SELECT * { \\u0053ERVICE <a:b> { ?a ?b ?c } }",
    ],
)
def test_service_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="SERVICE"):
        admitted(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <a:b> { GRAPH ?g { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } FROM <a:b> WHERE { ?s ?p ?o }",
    ],
)
def test_from_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="FROM"):
        admitted(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "CLEAR ALL",
        "DROP ALL",
        "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="更新"):
        admitted(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SELECT",
        "SELECT * {",
        "ASK {} ; DROP ALL",
        "(" * 5000,
        "{" * 400 + "}" * 400,
        "SELECT * { \\u005cu0053ERVICE <a:b> {} }",
        "SELECT * { ?s ?p '\\uD800' }",
    ],
    ids=lambda text: text[:20] or "blank",
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="読めません"):
        admitted(text)


def test_long_text_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(UsageError, match="長すぎ"):
        admitted("#" * (LONGEST_QUERY + 1))


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE <a:b>" } # SERVICE',
        "SELECT ?service { ?service hz:service ?from }",
        "ASK { ?s skos:prefLabel '狭間'@ja }",
        "SELECT (COUNT(*) AS ?n) { ?s org:reportsTo+ ?o } GROUP BY ?s",
    ],
)
def test_plain_questions_pass(text: str) -> None:
    assert admitted(text) == text
    assert loaded(b"").answer(text, 1).columns


def test_answer_about_a_town() -> None:
    result = query(small_town(), "SELECT ?name { ?p a cpsv:PublicService ; dct:title ?name } ORDER BY ?name")
    assert "なんでも相談" in [plain(name) for (name,) in result.found.rows]
    assert result.is_complete


def test_rows_are_bounded_and_the_answer_says_so() -> None:
    result = answered(DOCUMENT, "SELECT * { ?s ?p ?o }", Bounds(rows=10))
    assert (len(result.found.rows), result.is_complete) == (10, False)


def test_the_length_of_an_answer_is_bounded() -> None:
    with pytest.raises(LimitError, match="長すぎ"):
        answered(b"", f"SELECT (REPLACE('{'a' * 5000}', 'a', '{'b' * 5000}') AS ?x) {{}}", Bounds())


def test_refusal_comes_back_in_both_languages() -> None:
    with pytest.raises(UsageError) as refused:
        answered(b"", f"SELECT * {{ {INSIDE} }}", Bounds())
    assert "nothing outside" in refused.value.sentence("en")


def test_endless_query_is_stopped() -> None:
    begun = time.monotonic()
    with pytest.raises(UsageError, match=r"1\.5"):
        answered(DOCUMENT, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", Bounds(seconds=1.5))
    assert time.monotonic() - begun < 10


@pytest.mark.skipif(sys.platform == "win32", reason="setrlimit is missing there")
def test_memory_is_bounded() -> None:
    with pytest.raises(UsageError, match="150 MB"):
        answered(DOCUMENT, "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f", Bounds(seconds=30, megabytes=150))


@pytest.mark.skipif(sys.platform == "win32", reason="setrlimit is missing there")
@pytest.mark.parametrize("megabytes", [40, 70, 110, 300])
def test_an_allocation_that_fails_is_told_at_once(megabytes: int) -> None:
    """Python's own memory, the loading of the store and the answer itself: whatever fails first."""
    begun = time.monotonic()
    with pytest.raises(UsageError, match=f"{megabytes} MB"):
        answered(DOCUMENT, "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f", Bounds(seconds=60, megabytes=megabytes))
    assert time.monotonic() - begun < 40


def test_a_worker_that_breaks_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strangers, "_WORKER", (sys.executable, "-c", "raise SystemExit('broken by hand')"))
    with pytest.raises(RuntimeError, match="broken by hand"):
        answered(DOCUMENT, "ASK {}", Bounds())


ASKED: list[str] = []


class Recording(http.server.BaseHTTPRequestHandler):
    """Writes down every request line, whatever the method."""

    def parse_request(self) -> bool:
        ASKED.append(self.client_address[0])
        return False


@pytest.fixture
def server() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recording) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running.server_address[1]
        running.shutdown()


def test_nothing_is_requested_from_the_network(server: int) -> None:
    with pytest.raises(UsageError):
        answered(b"", f"SELECT * {{ SERVICE <http://127.0.0.1:{server}/> {{ ?s ?p ?o }} }}", Bounds())
    assert ASKED == []


def test_worker_that_is_isolated_reaches_no_server(server: int) -> None:
    code = f"""
import socket
from hazama.knowledge.strangers import _without_network
if _without_network():
    try:
        socket.create_connection(("127.0.0.1", {server}), 5)
    except OSError:
        print("isolated")
else:
    print("not possible here")
"""
    said = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True).stdout
    assert said in ("isolated\n", "not possible here\n")
    assert ASKED == []


def test_plain_terms() -> None:
    assert [plain(term) for term in ("<a:b>", '"x\\ny"@ja', "_:b0", "")] == ["a:b", "x\ny", "_:b0", ""]
