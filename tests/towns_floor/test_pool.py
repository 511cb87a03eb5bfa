"""A worker that is killed takes no town with it."""

import os
import shutil
import signal
import sys
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from hazama.cli import cli
from hazama.model.errors import InputError, UsageError
from hazama.towns import pack, sample
from hazama.towns.pool import spread


def doubled(number: int, marker: Path, always: bool) -> int:
    """Twice the number; the first time (or always), number 1 kills its own process as the kernel would."""
    if number == 1 and (always or not marker.exists()):
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_worker_is_replaced(workers: int, tmp_path: Path) -> None:
    work = partial(doubled, marker=tmp_path / "once", always=False)
    assert dict(spread(work, range(4), workers)) == {0: 0, 1: 2, 2: 4, 3: 6}
    assert (tmp_path / "once").exists()


def test_what_kills_every_worker_is_told_and_costs_no_other(tmp_path: Path) -> None:
    work = partial(doubled, marker=tmp_path / "once", always=True)
    assert dict(spread(work, [1, 2, 3], 2)) == {1: None, 2: 4, 3: 6}


@pytest.mark.parametrize(
    ("module", "name"), [("pyarrow", "fast"), ("duckdb", "fast"), ("distributed", "dask"), ("pyspark", "spark")]
)
def test_a_missing_extra_says_what_to_install(
    module: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample(1, tmp_path / "in", programs=3)
    pack([tmp_path / "in"], tmp_path / "towns", 1)
    monkeypatch.setitem(sys.modules, module, None)
    asked = {
        "pyarrow": ["pack", str(tmp_path / "in"), "-o", str(tmp_path / "more")],
        "duckdb": ["rank", str(tmp_path / "towns")],
    }
    engine = ["audit", str(tmp_path / "towns"), "-o", str(tmp_path / "f.parquet"), "--engine", name]
    told = CliRunner().invoke(cli, ["towns", *asked.get(module, engine)])
    assert told.exit_code == 2
    message = told.exception.sentence("ja") if isinstance(told.exception, UsageError) else told.stderr
    assert f'pip install "hazama[{name}]"' in message


def test_an_error_of_one_is_raised_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        list(spread(partial(divmod, 1), [0, 1, 2], 1))


def test_towns_that_cannot_be_packed_are_named_and_the_others_are(tmp_path: Path) -> None:
    sample(4, tmp_path / "in", programs=3)
    bad, nameless, *fine = sorted((tmp_path / "in").iterdir())
    with (bad / "programs.csv").open("a", encoding="utf-8") as table:
        table.write("again,事業,,,,,,nobody\n")
    settings = nameless / "town.toml"
    settings.write_text(settings.read_text("utf-8").replace("code =", "kode ="), "utf-8")
    with pytest.raises(InputError, match="2 の町をまとめられませんでした。ほかの 2 の町") as told:
        pack([tmp_path / "in"], tmp_path / "towns")
    assert all(str(place) in told.value.sentence(lang) for place in (bad, nameless) for lang in ("ja", "en"))
    assert {(cell.file, cell.column) for cell in told.value.violations} == {(f"{bad.name}/programs.csv", "owner")}
    assert {home.name for home in (tmp_path / "towns").iterdir()} == {f"town={one.name}" for one in fine}


def test_two_towns_of_one_code_are_told_by_name(tmp_path: Path) -> None:
    sample(1, tmp_path / "a", programs=3)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    with pytest.raises(InputError, match="二つ"):
        pack([tmp_path / "a", tmp_path / "b"], tmp_path / "towns")
    assert [one.name for one in (tmp_path / "towns").iterdir()] == [f"town={next((tmp_path / 'a').iterdir()).name}"]
