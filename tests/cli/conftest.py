"""The command line as its users see it, and a second town that a planner might have started."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hazama.cli import cli
from hazama.tables import declaration

Run = Callable[..., Result]

ROWS = {
    "agencies.csv": [
        {"id": "fukushi", "name": "福祉課", "zone": "庁内"},
        {"id": "shakyo", "name": "みなと町社会福祉協議会", "zone": "庁外"},
    ],
    "bodies.csv": [{"id": "renkei", "name": "みなと連携会議", "zone": "庁内", "convener": "福祉課"}],
    "members.csv": [{"body": "renkei", "agency": "福祉課"}, {"body": "renkei", "agency": "shakyo"}],
    "themes.csv": [{"id": "koritsu", "name": "孤立を防ぐ", "no": "1"}],
    "districts.csv": [{"id": "hama", "name": "浜"}, {"id": "yama", "name": "山"}],
    "challenges.csv": [{"id": "k1", "statement": "若い人の居場所をつくる", "theme": "koritsu"}],
    "programs.csv": [
        {
            "id": "wakamono",
            "name": "わかもの相談",
            "owner": "福祉課",
            "themes": "孤立を防ぐ",
            "needs": "ひきこもり",
            "functions": "相談",
            "reach": "専用",
            "min_age": "15",
            "max_age": "39",
            "district": "浜",
            "basis_kind": "要綱",
        },
        {"id": "yorozu", "name": "よろず相談", "needs": "すべて", "functions": "相談", "reach": "受け皿"},
    ],
}


@pytest.fixture
def run() -> Run:
    """Run one command line; the result has stdout, stderr and exit_code."""

    def command(*arguments: str | Path) -> Result:
        return CliRunner().invoke(cli, [str(argument) for argument in arguments])

    return command


@pytest.fixture
def second(run: Run, tmp_path: Path) -> Path:
    """A town made with ``hazama new`` and filled by hand, headings as the command wrote them."""
    town = tmp_path / "みなと 町"
    assert run("new", town).exit_code == 0
    for name, rows in ROWS.items():
        fill(town / name, rows)
    return town


def fill(table: Path, rows: list[dict[str, str]]) -> None:
    """Append rows, given by column name, under the headings that stand in the table."""
    columns = declaration()[table.stem].columns
    names = {heading: column.name for column in columns for heading in (*column.ja, *column.en)}
    with table.open(encoding="utf-8-sig", newline="") as file:
        headings = [names[heading] for heading in next(csv.reader(file))]
    with table.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, headings).writerows(rows)
