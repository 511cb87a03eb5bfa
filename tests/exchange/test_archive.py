import json
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from csvw import TableGroup
from networkx import MultiDiGraph

from hazama.exchange import exported
from hazama.exchange.archive import zipped
from hazama.knowledge.network import network
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from hazama.tables import check, read, sample
from tests.towns import small_town

PLACE = ("file", "row", "sheet")
"""Attributes that say where a row stood; a written table may have it elsewhere."""


ROW_NUMBERED = ("eligibility", "demand", "not_applicable")
"""Tables without ids: a row that a view leaves out moves the numbers of those below it."""


def unpacked(town: Municipality, folder: Path) -> Path:
    with ZipFile(BytesIO(exported(town, ".csv"))) as archive:
        archive.extractall(folder)
    return folder / "town"


def content(found: "MultiDiGraph[str]") -> tuple[object, ...]:
    """Nodes and edges without the place of their rows."""
    named = [node for node in found if found.nodes[node]["kind"] not in ROW_NUMBERED]
    nodes = {node: {name: value for name, value in found.nodes[node].items() if name not in PLACE} for node in named}
    edges = [(start, end, data["kind"], data["status"]) for start, end, data in found.edges(named, data=True)]
    return nodes, sorted(edges), Counter(found.nodes[node]["kind"] for node in found)


def test_the_sample_reads_back_as_it_was(tmp_path: Path) -> None:
    town = read(sample())
    assert content(network(read(unpacked(town, tmp_path)))) == content(network(town))


def test_an_exported_view_reads_back_as_the_same_view(tmp_path: Path) -> None:
    town = read(sample())
    scope = Scope(as_of=town.layer.as_of)
    again = view(read(unpacked(view(town, scope), tmp_path)), scope)
    assert content(network(again)) == content(network(view(town, scope)))


def test_the_small_town_is_a_folder_without_violations(tmp_path: Path) -> None:
    found = check(unpacked(small_town(), tmp_path))
    assert [violation for violation in found.violations if violation.severity == "error"] == []
    assert found.town is not None
    assert [layer.key for layer in found.town.layers] == ["", "law"]


def test_a_public_csvw_tool_reads_every_table(tmp_path: Path) -> None:
    folder = unpacked(small_town(), tmp_path)
    tables = TableGroup.from_file(folder / "tables.csvw.json")
    rows = {table.url.string: len(list(table.iterdicts())) for table in tables.tables}
    assert rows["programs.csv"] == 4
    assert rows["agencies.csv"] == 4


def test_the_metadata_names_the_files_that_are_there() -> None:
    with ZipFile(BytesIO(exported(small_town(), ".zip"))) as archive:
        names = set(archive.namelist())
        top = {table["url"] for table in json.loads(archive.read("town/tables.csvw.json"))["tables"]}
        law = {table["url"] for table in json.loads(archive.read("law/tables.csvw.json"))["tables"]}
    assert {f"town/{name}" for name in top} < names
    assert {f"law/{name}" for name in law} < names
    assert "law/town.toml" in names


def test_an_archive_names_no_day_of_its_making() -> None:
    with ZipFile(BytesIO(exported(small_town(), ".zip"))) as archive:
        assert {date(*entry.date_time[:3]) for entry in archive.infolist()} == {date(1980, 1, 1)}


def test_a_zip_holds_what_it_was_given_in_order_and_no_day() -> None:
    given = [("b.txt", b"b" * 1000), ("狭間/a.csv", b"id\n1\n")]
    with ZipFile(BytesIO(zipped(given))) as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == given
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
