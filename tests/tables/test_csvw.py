"""A public CSVW tool reads our tables with our metadata."""

from pathlib import Path

import pytest
from csvw import TableGroup

from hazama import resources
from hazama.tables import declaration, new, read, sample, write


def table_group(folder: Path) -> TableGroup:
    (folder / "tables.csvw.json").write_text(resources.text("ontology/tables.csvw.json"), encoding="utf-8")
    return TableGroup.from_file(folder / "tables.csvw.json")


def test_a_written_town_is_read_with_its_lists(tmp_path: Path) -> None:
    town = read(sample())
    write(town, tmp_path)
    group = table_group(tmp_path)
    rows = {table.url.string.removesuffix(".csv"): table for table in group.tables}
    assert set(rows) == set(declaration())
    own = [row for row in town.programs if not row.layer]
    read_back = list(rows["programs"])
    assert [row["id"] for row in read_back] == [row.id for row in own]
    assert [tuple(row["owner"]) for row in read_back] == [row.owner for row in own]


@pytest.mark.filterwarnings("ignore:Incompatible column titles")  # said of any title that has a language
def test_a_new_town_with_japanese_headings_is_read_by_the_order_of_its_columns(tmp_path: Path) -> None:
    new(tmp_path)
    with (tmp_path / "agencies.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.write("sec,福祉課,Welfare,,別名1;別名2\r\n")
    tables = {table.url.string: list(table.iterdicts(strict=False)) for table in table_group(tmp_path).tables}
    (agency,) = tables["agencies.csv"]
    assert (agency["id"], agency["name"], agency["alt"]) == ("sec", "福祉課", ["別名1", "別名2"])
    assert tables["programs.csv"] == []


def test_concept_lists_are_read_with_their_metadata(tmp_path: Path) -> None:
    (tmp_path / "concepts.csv").write_text(resources.text("ontology/concepts/functions.csv"), encoding="utf-8")
    (tmp_path / "concepts.csvw.json").write_text(resources.text("ontology/concepts.csvw.json"), encoding="utf-8")
    (table,) = TableGroup.from_file(tmp_path / "concepts.csvw.json").tables
    assert next(iter(table))["ja"] == "相談"
