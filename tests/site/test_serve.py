"""The server over real HTTP: pages, desks, rebuilding, and what hostile requests come to."""

import csv
import io
import json
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse

from hazama.tables import sample
from tests.site.serving import PATIENCE, Answer, Served, command, serving

_FILE = Path(__file__).parents[1] / "cases" / "protocol.csv"
CASES = list(csv.DictReader(io.StringIO(_FILE.read_text(encoding="utf-8"))))
"""Every one of W3C's tests of the protocol by its name, those of updates as refusals; and what an office wants."""
GRAPHS = {
    "{town}": "https://w3id.org/hazama/town/142051/dataset",
    "{law}": "https://w3id.org/hazama/jp/dataset",
    "{lists}": "https://w3id.org/hazama/concepts/",
}
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }"
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(sample(), tmp_path_factory.mktemp("town") / "data"))


@pytest.fixture(scope="module")
def served(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(town, tmp_path_factory.mktemp("log") / "log") as running:
        first = running.ask("/")
        assert first.status == 200 and "藤沢市" in first.text
        running.wait("/gaps.html", "確実な狭間")
        yield running


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_protocol(served: Served, case: dict[str, str]) -> None:
    answer = asked(served, case)
    assert answer.status == int(case["status"]), answer.text
    assert answer.headers["content-type"].startswith(case["answer_type"])
    assert case["contains"] in answer.text


def test_no_update_changes_anything(served: Served) -> None:
    count = b"SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    before = served.ask("/sparql", "POST", count, DIRECT).body
    updates = [case for case in CASES if "update" in case["case"]]
    assert [asked(served, case).status for case in updates] == [int(case["status"]) for case in updates]
    assert served.ask("/sparql", "POST", count, DIRECT).body == before


def asked(served: Served, case: dict[str, str]) -> Answer:
    """The answer to a request of the cases; the body is written as its media type says."""
    for name, graph in GRAPHS.items():
        case = {key: text.replace(name, graph) for key, text in case.items()}
    headers = {name: case[key] for name, key in (("Content-Type", "content_type"), ("Accept", "accept")) if case[key]}
    encoding = "utf-16" if "UTF-16" in case["content_type"] else "utf-8"
    body = case["body"].encode(encoding) if case["method"] == "POST" else None
    return served.ask(case["address"], case["method"], body, headers)


def test_a_public_client_can_query(served: Served) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(f"{served.address}/sparql"))
    text = "SELECT ?name { ?p a cpsv:PublicService ; dct:title ?name }"
    found = graph.query(text, initNs={"cpsv": "http://purl.org/vocab/cpsv#", "dct": "http://purl.org/dc/terms/"})
    assert rdflib.Literal("ユースワークふじさわ", "ja") in {row[0] for row in found}  # type: ignore[index]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '" + "(a+)+" * 50 + "$')) } LIMIT 1",
        "SELECT * { VALUES ?x { " + "1 " * 9000 + "} } LIMIT 1",
        "{" * 3000,
        "SELECT * { " + "{" * 60 + "}" * 60 + " }",
        "ASK { FILTER(" + "!" * 5000 + "true) }",
        "#" * 30_000,
        "SELECT * { ?s ?p '\x00' }",
        "SELECT * { ?s ?p ?o } LIMIT 999999999999999999999999",
        f"SELECT (REPLACE('{'a' * 9000}', 'a', '{'b' * 9000}') AS ?x) {{}}",
        "SELECT * { ?s ?p '\\uD800' }",
    ],
    ids=["regex", "values", "braces", "groups", "nots", "long", "nul", "limit", "one long cell", "half a pair"],
)
def test_hard_queries_never_break_the_server(served: Served, text: str) -> None:
    assert served.ask("/sparql", "POST", text.encode(), DIRECT).status < 500
    assert served.ask("/").status == 200


def test_too_many_rows_are_refused_instead_of_cut(served: Served) -> None:
    answer = served.ask("/sparql", "POST", b"SELECT * { ?s ?p ?o }", DIRECT)
    assert answer.status == 422 and "LIMIT" in answer.text


def test_a_slow_query_is_stopped_while_others_are_answered(served: Served) -> None:
    """How fast they are answered is measured by the benchmark; here, that many are before either query is stopped."""
    with ThreadPoolExecutor(3) as pool:
        slow = [pool.submit(served.ask, "/sparql", "POST", SLOW.encode(), DIRECT) for _ in range(2)]
        answered = 0
        while not any(one.done() for one in slow):
            assert served.ask("/gaps.html").status == 200
            answered += 1
            time.sleep(0.1)
    assert [one.result().status for one in slow] == [422, 422]
    assert answered >= 10


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:80",
        "",
        "[::2]",
        "localhost@evil",
        "localhost:80/evil",
        "127.0.0.1:x",
        '[::1]:"><b',
        "localhost:80\u00ff",
    ],
)
def test_a_foreign_host_is_refused(served: Served, host: str) -> None:
    assert served.ask("/", headers={"Host": host}).status in (400, 421)


def test_a_form_from_elsewhere_is_refused(served: Served) -> None:
    assert served.post("/case", "1.age=54", Origin="http://evil.example").status == 403
    assert served.post("/case", "1.age=54", Origin="null").status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/assets/../../serve/app.py",
        "/assets/%2e%2e/words.py", "//etc/passwd", "/c:/windows/win.ini", "/..\\..\\x", "/x%00.html", "/%ff",
        "/en/../../x", "/.well-known/../x",
    ],
)  # fmt: skip
def test_no_way_out_of_the_site(served: Served, path: str) -> None:
    answer = served.ask(path)
    assert answer.status in (400, 404), answer.text[:200]
    assert b"root:" not in answer.body and b"import" not in answer.body


@pytest.mark.parametrize(
    ("path", "up", "lang"),
    [("/none.html", "", "ja"), ("/programs/none.html", "../", "ja"), ("/en/laws/x", "../../", "en")],
)
def test_a_page_that_is_not_there_leads_back(served: Served, path: str, up: str, lang: str) -> None:
    answer = served.ask(path)
    assert answer.status == 404
    assert f"<script src={up}assets/frame.{lang}.js>" in answer.text
    assert f"<header><a href={up.removeprefix('../') if lang == 'en' else up}index.html>" in answer.text


def test_every_answer_is_guarded(served: Served) -> None:
    for path in ("/", "/case", "/nosuch", "/sparql", "/api/town", "/assets/site.css"):
        headers = served.ask(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


def test_headers_cannot_be_injected(served: Served) -> None:
    for path in (
        "/ask/x%0d%0aSet-Cookie:%20a=b.csv",
        "/programs/p_yw%0d%0aX:%20y",
        "/en%0d%0aX: y".replace(" ", "%20"),
    ):
        answer = served.ask(path, headers={"Accept": "text/html"})
        assert "set-cookie" not in answer.headers and "x" not in answer.headers
        assert answer.status in (303, 404)


def test_large_bodies_are_refused(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as line:
        line.sendall(b"POST /case HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99000000\r\n\r\n")
        assert b" 413 " in line.recv(200)
    with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as line:
        line.sendall(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n")
        line.sendall(b"Content-Type: application/sparql-query\r\n\r\n")
        with suppress(OSError):
            for _ in range(40):
                line.sendall(b"10000\r\n" + b"#" * 65536 + b"\r\n")
            assert b" 413 " in line.recv(200)
    assert served.post("/query", "&".join("a=1" for _ in range(1000))).status == 413


def test_slow_clients_keep_nobody_waiting(served: Served) -> None:
    lines = [socket.create_connection(("127.0.0.1", served.port), PATIENCE) for _ in range(60)]
    try:
        for line in lines:
            line.sendall(b"POST /case HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50\r\n")
        assert served.ask("/gaps.html").status == 200
        assert select.select(lines, [], [], 0)[0] == []  # long before the first of them is turned away
        lines[0].sendall(b"Content-Type: application/x-www-form-urlencoded\r\n\r\n1.age")
        assert b" 408 " in lines[0].recv(300)
    finally:
        for line in lines:
            line.close()


def test_the_case_desk_answers_and_keeps_nothing(served: Served) -> None:
    form = "1.age=54&1.needs=withdrawal&1.certificate=none&2.age=82&2.needs=care&answer=1"
    answer = served.post("/case", form)
    assert answer.status == 200 and "この世帯に届くもの" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "2人目" in answer.text and "withdrawal" in answer.text
    assert "needs=" not in served.log.read_text() and "withdrawal" not in served.log.read_text()
    assert "この世帯に届くもの" not in served.ask(f"/case?{form}").text


def test_a_household_without_needs_is_told_what_is_missing(served: Served) -> None:
    answer = served.post("/en/case", "1.age=54&answer=1")
    assert answer.status == 400 and 'role="alert"' in answer.text.replace("role=alert", 'role="alert"')


def test_examples_and_further_persons(served: Served) -> None:
    assert "2人目" in served.post("/case", "example=8050").text
    assert "2人目" in served.post("/case", "1.age=5&more=1").text
    assert served.post("/case", "example=../../x").status in (400, 404)


def test_what_if_closes_and_opens(served: Served) -> None:
    assert "いまの対象" in served.ask("/whatif?program=p_yw").text
    ended = served.post("/whatif", "program=p_jiritsu&end=1&try=1").text
    assert "開く狭間 <span class=count>0件" not in ended
    assert served.post("/whatif", "program=p_yw&ages=1&min_age=x&try=1").status == 400
    gone = served.post("/whatif", "program=gone%3Cb%3E&end=1&try=1")
    assert gone.status == 400 and "事業「gone&lt;b&gt;」はこの町の表にありません" in gone.text


def test_questions_as_table_and_csv(served: Served) -> None:
    page = served.ask("/ask/programs-by-need?need=%E3%81%B2%E3%81%8D%E3%81%93%E3%82%82%E3%82%8A")
    assert "ユースワークふじさわ" in page.text
    saved = served.ask("/ask/programs-by-need.csv?need=%E3%81%B2%E3%81%8D%E3%81%93%E3%82%82%E3%82%8A")
    rows = list(csv.reader(io.StringIO(saved.body.decode("utf-8-sig"))))
    assert any("ユースワークふじさわ" in row for row in rows)
    assert served.ask("/ask/programs-by-need?need=zzz").status == 400
    assert served.ask("/ask/nosuch").status == 404
    assert served.ask("/ask").status == 200


def test_a_question_starts_with_a_value_in_the_language_of_the_page(served: Served) -> None:
    for prefix, value in (("", "手帳なし"), ("/en", "No certificate")):
        unset = served.ask(f"{prefix}/ask/programs-by-condition").text
        assert f'value="{value}"' in unset or f"value={value} " in unset
        chosen = served.ask(f"{prefix}/ask/programs-by-condition?condition={quote(value)}").text
        rows = [text.partition("<tbody>")[2].partition("</table>")[0] for text in (unset, chosen)]
        assert rows[0] == rows[1] != ""


HOSTILE = "=1+1<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def hostile(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A town with a programme whose name is a formula and markup."""
    home = tmp_path_factory.mktemp("hostile")
    file = Path(shutil.copytree(sample(), home / "data")) / "programs.csv"
    file.write_bytes(file.read_bytes().replace("ユースワークふじさわ".encode(), HOSTILE.encode()))
    with serving(home / "data", home / "log") as running:
        yield running


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_hostile_names_stay_text(hostile: Served, prefix: str) -> None:
    names = (
        "query=SELECT+%3Fname+%7B+%3Fp+dct%3Atitle+%3Fname+FILTER%28STRSTARTS%28STR%28%3Fname%29%2C+%22%3D%22%29%29+%7D"
    )
    pages = [
        hostile.ask(f"{prefix}/ask/programs-by-need?need=withdrawal"),
        hostile.post(f"{prefix}/query", names),
        hostile.post(f"{prefix}/case", "1.age=30&1.needs=withdrawal&answer=1"),
        hostile.ask(f"{prefix}/whatif?program=p_yw"),
    ]
    for page in pages:
        assert page.status == 200
        assert "<img" not in page.text
    if not prefix:
        assert all("=1+1&lt;img" in page.text for page in pages)


def test_a_formula_in_a_table_is_none_in_a_csv(hostile: Served) -> None:
    saved = hostile.ask("/ask/programs-by-need.csv?need=withdrawal")
    cells = [cell for row in csv.reader(io.StringIO(saved.body.decode("utf-8-sig"))) for cell in row]
    assert f"'{HOSTILE}" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]
    assert saved.headers["content-disposition"] == 'attachment; filename="programs-by-need.csv"'


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_hostile_entries_stay_text(served: Served, prefix: str) -> None:
    typed = "%3C%2Ftextarea%3E%22%3E%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E"
    for page in (
        served.ask(f"{prefix}/ask/programs-by-need?need={typed}"),
        served.post(f"{prefix}/query", f"query={typed}"),
        served.post(f"{prefix}/case", f"1.age={typed}&1.needs=withdrawal&answer=1"),
        served.post(f"{prefix}/whatif", f"program=p_yw&ages=1&min_age={typed}&try=1"),
    ):
        assert page.status == 400
        assert "<img" not in page.text and "&lt;img" in page.text


def test_the_description_of_the_api_asks_nobody_else(served: Served) -> None:
    assert [served.ask(path).status for path in ("/docs", "/redoc", "/api/docs", "/api/redoc")] == [404] * 4
    described = served.ask("/api/openapi.json")
    assert described.status == 200 and b"http" not in described.body.replace(b"HTTPValidationError", b"")


def test_sparql_page(served: Served) -> None:
    assert "SELECT" in served.ask("/query?example=programs-by-need").text
    found = served.post("/query", "query=SELECT+%28%22%3Cscript%3E%22+AS+%3Fx%29+%7B%7D").text
    assert "&lt;script&gt;" in found and "<script>" not in found
    assert served.post("/query", "query=DROP+ALL").status == 400


def test_addresses_of_rows_by_content_negotiation(served: Served) -> None:
    page = served.ask("/programs/p_yw", headers={"Accept": "text/html"})
    assert (page.status, page.headers["location"]) == (303, "/programs/p_yw.html")
    term = "https://w3id.org/hazama/town/142051/programs/p_yw"
    for accept, format in (("text/turtle", RdfFormat.TURTLE), ("application/ld+json", RdfFormat.JSON_LD)):
        answer = served.ask("/programs/p_yw", headers={"Accept": accept})
        assert answer.headers["content-type"].startswith(accept)
        assert NamedNode(term) in {quad.subject for quad in parse(answer.body, format)}
    void = rdflib.Graph().parse(data=served.ask("/.well-known/void").body, format="turtle")
    assert (None, rdflib.VOID.sparqlEndpoint, rdflib.URIRef(f"{served.address}/sparql")) in void


def test_api(served: Served) -> None:
    paths = ("town", "find?age=45&need=withdrawal", "show/p_yw", "questions", "ask/programs-by-need?need=withdrawal")
    for path in (*paths, "gaps?top=3", "research", "audit?only=law"):
        answer = served.ask(f"/api/{path}")
        assert answer.status == 200 and answer.headers["content-type"] == "application/json", path
    case = b'{"persons": [{"age": 54, "needs": ["withdrawal"]}]}'
    assert served.ask("/api/case", "POST", case, {"Content-Type": "application/json"}).status == 200
    assert served.ask("/api/find?need=zzz").status == 400


@pytest.mark.parametrize("desk", ["case", "whatif"])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[" * 100_000, 400),
        ('{"persons": [{"age": 54, "needs": ["\\ud800"]}]}', 400),
        ('{"change": [{"program": "\\udfff"}]}', 400),
        ('["\\ud800"]', 422),
        (json.dumps({"persons": [{"age": 54, "needs": ["withdrawal"]}] * 9_000}), 413),
        (json.dumps({"change": [{"program": "p_yw", "max_age": 64}] * 9_000}), 413),
    ],
    ids=["deep", "half a pair", "half a program", "half a list", "persons", "changes"],
)
def test_hard_documents_are_refused(served: Served, desk: str, body: str, status: int) -> None:
    answer = served.ask(f"/api/{desk}", "POST", body.encode(), {"Content-Type": "application/json"})
    assert answer.status == status
    assert "ud800" not in answer.text and "udfff" not in answer.text


def test_openapi_holds(served: Served) -> None:
    import schemathesis

    schema = schemathesis.openapi.from_url(f"{served.address}/api/openapi.json")

    for operation in schema.get_all_operations():
        _asked(operation.ok())  # type: ignore[union-attr]


def _asked(operation: Any) -> None:
    from hypothesis import HealthCheck, given, settings
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    @given(case=operation.as_strategy())
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    def holds(case: Any) -> None:
        case.call_and_validate(excluded_checks=[positive_data_acceptance])  # a name may be unknown to the town

    holds()


def test_a_saved_table_rebuilds_and_a_broken_one_is_told(served: Served, town: Path) -> None:
    file = town / "programs.csv"
    good = (sample() / "programs.csv").read_bytes()
    file.write_bytes(good[: len(good) // 3])  # saved half-way
    file.write_bytes(good.replace("ユースワークふじさわ".encode(), "ユースワーク新".encode()))
    served.wait("/programs/p_yw.html", "ユースワーク新")
    file.write_bytes(good.replace(b"p_yw,", b"p yw,", 1))
    told = served.wait("/gaps.html", "表を読み直せませんでした")
    assert "programs.csv 61行目「ID」" in told and "確実な狭間" in told
    assert "ユースワーク新" in served.ask("/programs/p_yw.html").text
    file.write_bytes(good)
    served.wait("/programs/p_yw.html", "<h1>ユースワークふじさわ</h1>")
    assert 'role="alert"' not in served.ask("/gaps.html").text


def test_two_servers_on_one_port(served: Served, town: Path) -> None:
    done = subprocess.run(command(town, served.port), capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert f"番号 {served.port} は使われています" in done.stderr and "Traceback" not in done.stderr


def test_the_log_holds_paths_and_nothing_else(served: Served) -> None:
    served.ask("/ask/programs-by-need?need=secret")
    served.ask("/x%0aforged%20line")
    log = served.log.read_text(encoding="utf-8")
    assert "secret" not in log and "\nforged" not in log and "Traceback" not in log


def alive(mark: Path) -> list[str]:
    """The processes that were started with this folder for temporary files (Linux)."""
    found = []
    for home in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"TMPDIR={mark}\0".encode() in (home / "environ").read_bytes():
                found.append((home / "cmdline").read_text(encoding="utf-8"))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize("workers", [1, 2])
def test_no_worker_outlives_it(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    """While pages are made, one worker makes them and one more draws for it."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving(town, tmp_path / "log") as running:
        end = time.monotonic() + PATIENCE
        while len(alive(tmp_path)) <= workers and time.monotonic() < end:
            time.sleep(0.01)
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(PATIENCE) == 0
    while alive(tmp_path) and time.monotonic() < end:
        time.sleep(0.01)
        assert not any("beside" in line for line in alive(tmp_path))
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no groups of processes there")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_asked(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals) -> None:
    """Ctrl-C reaches the whole group of processes, here while the pages are being made."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving(town, tmp_path / "log") as running:
        assert running.ask("/").status == 200
        assert running.stop(sign) == 0
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
    assert [file.name for file in tmp_path.iterdir()] == ["log"]
