"""A country is a map over towns: the same findings on every engine, and nothing lost when something stops."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from hazama import read
from hazama.audits.compare import compare as compare_towns
from hazama.audits.run import audit as audit_town
from hazama.model.errors import InputError, UsageError
from hazama.model.records import Program
from hazama.model.view import Scope, view
from hazama.towns import audit, compare, like, pack, rank, sample
from hazama.towns.audit import Done
from hazama.towns.pack import COLUMNS, partitions, unpacked, write_rows

ONLY = ["law", "evidence"]


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("country")
    sample(4, home / "in", programs=30)
    assert pack([home / "in"], home / "towns") == 4
    return home


def findings(path: Path) -> list[tuple[str, str]]:
    table = parquet.read_table(path)
    return list(zip(table["town"].to_pylist(), table["id"].to_pylist(), strict=True))


def expected(country: Path) -> list[tuple[str, str]]:
    found = []
    for home in sorted((country / "in").iterdir()):
        town = read(home)
        found += [(home.name, one.id) for one in audit_town(town, Scope(as_of=town.layer.as_of), ONLY)]
    return found


def test_a_packed_town_is_the_town(country: Path) -> None:
    for home in partitions(country / "towns"):
        assert unpacked(home) == read(country / "in" / home.name.removeprefix("town="))


def test_the_pool_finds_what_one_town_at_a_time_finds(country: Path, tmp_path: Path) -> None:
    assert [one.why for one in audit(country / "towns", tmp_path / "f.parquet", only=ONLY, workers=2)] == [""] * 4
    assert findings(tmp_path / "f.parquet") == expected(country) != []


def test_a_town_that_fails_is_told_and_stops_no_other(country: Path, tmp_path: Path) -> None:
    shutil.copytree(country / "towns", tmp_path / "towns")
    bad = partitions(tmp_path / "towns")[1]
    (bad / "files.parquet").write_bytes(b"broken")
    done = {one.code: one.why for one in audit(tmp_path / "towns", tmp_path / "f.parquet", only=ONLY, workers=1)}
    code = bad.name.removeprefix("town=")
    assert [one for one, why in done.items() if why] == [code]
    assert findings(tmp_path / "f.parquet") == [one for one in expected(country) if one[0] != code]


def test_a_stopped_run_goes_on(country: Path, tmp_path: Path) -> None:
    running = audit(country / "towns", tmp_path / "f.parquet", only=ONLY, workers=1)
    next(running)
    running.close()
    kept = {part: part.stat().st_mtime_ns for part in (tmp_path / "f.parquet.parts").glob("*.parquet")}
    assert kept
    assert len(list(audit(country / "towns", tmp_path / "f.parquet", only=ONLY, workers=1))) == 4
    assert kept.items() <= {part: part.stat().st_mtime_ns for part in kept}.items()
    assert findings(tmp_path / "f.parquet") == expected(country)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A Dask scheduler and two workers over TCP."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{one.getsockname()[1]}"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
    scheduler = [*dask, "--host", address, "--no-dashboard"]
    started = [
        subprocess.Popen(line, cwd=tmp_path, stdout=-3, stderr=-3, start_new_session=True)
        for line in (scheduler, worker, worker)
    ]
    yield address, started
    for process in reversed(started):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_dask_finds_the_same_though_a_worker_is_killed(
    country: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, processes = cluster
    done: list[Done] = []
    for one in audit(country / "towns", tmp_path / "f.parquet", "dask", address, ONLY):
        if not done:
            os.killpg(processes[1].pid, signal.SIGKILL)
        done.append(one)
    assert [one.why for one in done] == [""] * 4
    assert findings(tmp_path / "f.parquet") == expected(country)


@pytest.fixture
def spark(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A Spark standalone master and two workers of one core; no shell, no daemon."""
    if shutil.which("java") is None:
        pytest.skip("no Java")
    home = Path(pytest.importorskip("pyspark", reason="no pyspark").__file__).parent
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    address, deploy = f"spark://127.0.0.1:{port}", "org.apache.spark.deploy"
    run = [str(home / "bin" / "spark-class")]
    master = [*run, f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
    worker = [*run, f"{deploy}.worker.Worker", "--cores", "1", "--memory", "1g", "--webui-port", "0", address]
    env = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable}
    started = [
        subprocess.Popen(line, cwd=tmp_path, stdout=-3, stderr=-3, env=env, start_new_session=True)
        for line in (master, [*worker, "--work-dir", "one"], [*worker, "--work-dir", "two"])
    ]
    yield address, started
    for process in reversed(started):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::ResourceWarning")
def test_spark_finds_the_same_though_a_worker_is_killed(
    country: Path,
    tmp_path: Path,
    spark: tuple[str, list[subprocess.Popen[bytes]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, processes = spark
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    monkeypatch.setattr(sys.modules["hazama.towns.audit"], "_AT_ONCE", 1)
    done: list[Done] = []
    for one in audit(country / "towns", tmp_path / "f.parquet", "spark", address, ONLY):
        if not done:
            os.killpg(processes[1].pid, signal.SIGKILL)
        done.append(one)
    assert [one.why for one in done] == [""] * 4
    assert list(audit(country / "towns", tmp_path / "pool.parquet", only=ONLY, workers=1))
    assert parquet.read_table(tmp_path / "f.parquet") == parquet.read_table(tmp_path / "pool.parquet")
    assert findings(tmp_path / "f.parquet") == expected(country)


def test_a_scheduler_that_is_not_there_is_told(country: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Dask"):
        list(audit(country / "towns", tmp_path / "f.parquet", "dask", "not an address", ONLY))


def test_two_packed_towns_compare_as_two_towns_do(country: Path) -> None:
    here, there = (
        view(town, Scope(as_of=town.layer.as_of)) for town in map(read, sorted((country / "in").iterdir())[:2])
    )
    direct = {(one.side, one.need, one.function) for one in compare_towns(here, there)}
    packed = compare(country / "towns", here.layer.code, there.layer.code)
    assert {(one["side"], one["need"], one["function"]) for one in packed} == direct
    alike = {one["town"]: one["unserved"] for one in like(country / "towns", here.layer.code)}
    assert alike[there.layer.code] == sum(side == "there" for side, _, _ in direct)


def test_ranks_are_in_order(country: Path) -> None:
    found = [one["unserved"] for one in rank(country / "towns")]
    assert len(found) == 4 and found == sorted(found, reverse=True)


def test_themes_by_need_are_counted_as_a_person_would(country: Path) -> None:
    towns = {home.name: read(home) for home in (country / "in").iterdir()}
    pairs = {
        code: {(theme, need) for one in town.programs for theme in one.themes for need in listed(one)}
        for code, town in towns.items()
    }
    needs = {need for found in pairs.values() for _, need in found}
    lacking = {
        code: len({theme for one in town.programs for theme in one.themes}) * len(needs) - len(pairs[code])
        for code, town in towns.items()
    }
    assert {one["town"]: one["themes"] for one in rank(country / "towns", "themes")} == lacking
    assert any(lacking.values())


def listed(program: Program) -> tuple[str, ...]:
    return program.needs if isinstance(program.needs, tuple) else ()


def test_a_layer_beside_a_town_is_packed_with_it(country: Path, tmp_path: Path) -> None:
    place = shutil.copytree(next((country / "in").iterdir()), tmp_path / "in" / "town")
    beside = tmp_path / "in" / "prefecture"
    beside.mkdir()
    (beside / "town.toml").write_text('name = "県"\nbase = "https://example.org/prefecture/"\n', encoding="utf-8")
    (beside / "agencies.csv").write_text("id,name\nwelfare,県の福祉課\n", encoding="utf-8")
    (place / "town.toml").write_text(
        'stands_on = ["prefecture"]\n' + (place / "town.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    pack([place], tmp_path / "towns", 1)
    (home,) = partitions(tmp_path / "towns")
    assert unpacked(home) == read(place)
    before = home.stat().st_ino
    (beside / "agencies.csv").write_text("id,name\nwelfare,県の保健福祉課\n", encoding="utf-8")
    pack([place], tmp_path / "towns", 1)
    assert home.stat().st_ino != before and unpacked(home) == read(place)


@pytest.mark.parametrize("path", ["../x.csv", "/tmp/x.csv", "town/../../x.csv"])
def test_a_packed_file_stays_in_its_folder(path: str, tmp_path: Path) -> None:
    write_rows(tmp_path / "files.parquet", COLUMNS["files"], [{"path": path, "data": b"x"}])
    with pytest.raises(InputError, match="外"):
        unpacked(tmp_path)
