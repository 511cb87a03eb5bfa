"""A public CSVW tool reads our tables with our metadata."""

from pathlib import Path

from csvw import TableGroup

from hazama import resources
from hazama.tables import declaration, read, sample, write


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
