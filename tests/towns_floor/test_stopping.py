"""Ctrl-C in the middle of a country: told, nothing half-written, and the same command goes on from there."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hazama.model.errors import InputError
from hazama.towns import pack, rank, sample
from hazama.towns.pack import COLUMNS, partitions

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no groups of processes there")
TOWNS = 24


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command in a group of processes of its own, as a shell starts it."""
    line = [sys.executable, "-c", "from hazama.cli import main; main()", "towns", *arguments]
    return subprocess.Popen(line, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True)


def stopped(running: subprocess.Popen[str], found: Path, pattern: str) -> str:
    """What the command says after a Ctrl-C that comes once something of its work is there."""
    while running.poll() is None and not any(found.glob(pattern)):
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate()
    assert running.returncode == 130, said
    return said


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("country")
    sample(TOWNS, home / "in", programs=20)
    return home


def test_a_stopped_pack_is_told_and_goes_on(country: Path) -> None:
    said = stopped(started(country, "pack", "in", "-o", "out"), country / "out", "town=*")
    assert "止めました" in said and "中断しました" in said and "Traceback" not in said
    homes = partitions(country / "out")
    assert 0 < len(homes) < TOWNS
    assert {one.name for one in homes} == {one.name for one in (country / "out").iterdir()}  # and nothing hidden
    assert all((home / f"{name}.parquet").exists() for home in homes for name in COLUMNS)
    kept = {home: home.stat().st_ino for home in homes}
    assert pack([country / "in"], country / "out", 2) == TOWNS == len(partitions(country / "out"))
    assert kept == {home: home.stat().st_ino for home in homes}


def test_what_changed_is_packed_again_and_nothing_else(country: Path, tmp_path: Path) -> None:
    places = sorted((country / "in").iterdir())[:3]
    pack(places, tmp_path, 1)
    before = {home: home.stat().st_ino for home in partitions(tmp_path)}
    table = places[1] / "programs.csv"
    table.write_bytes(table.read_bytes().replace("事業第0号".encode(), "新しい事業".encode()))
    assert pack(places, tmp_path, 1) == 3
    changed = [home.name for home, number in before.items() if home.stat().st_ino != number]
    assert changed == [f"town={places[1].name}"]


@pytest.mark.parametrize("note", [b"", b"PLACE", b"PLACE\n\n", b"\xff"], ids=["empty", "short", "blank", "no text"])
def test_a_note_that_says_nothing_is_passed_over(country: Path, tmp_path: Path, note: bytes) -> None:
    place = next((country / "in").iterdir())
    pack([place], tmp_path, 1)
    (home,) = partitions(tmp_path)
    before = home.stat().st_ino
    (home / "packing.txt").write_bytes(note.replace(b"PLACE", bytes(place)))
    assert pack([place], tmp_path, 1) == 1 and home.stat().st_ino != before


def test_a_stopped_audit_is_told_and_goes_on(country: Path) -> None:
    pack([country / "in"], country / "towns", 2)
    line = ("audit", "towns", "-o", "f.parquet", "--only", "law", "--lang", "en")
    said = stopped(started(country, *line), country / "f.parquet.parts", "9*.parquet")
    assert "goes on from there" in said and "Traceback" not in said
    assert not (country / "f.parquet").exists() and not list(country.rglob(".*.new"))
    kept = {part: part.stat().st_mtime_ns for part in (country / "f.parquet.parts").iterdir()}
    again = started(country, *line)
    _, said = again.communicate()
    assert again.returncode == 0 and f"Audited {TOWNS} towns" in said
    assert kept == {part: part.stat().st_mtime_ns for part in kept}


def test_no_worker_outlives_the_command(country: Path) -> None:
    running = started(country, "pack", "in", "-o", "killed")
    while running.poll() is None and not any((country / "killed").glob("town=*")):
        time.sleep(0.01)
    running.kill()
    running.communicate(timeout=60)  # the workers hold its other end until they end too
    assert pack([country / "in"], country / "killed", 2) == TOWNS == len(partitions(country / "killed"))


def test_a_broken_partition_is_told_by_name(country: Path) -> None:
    pack([country / "in"], country / "broken", 2)
    file = partitions(country / "broken")[0] / "programs.parquet"
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(InputError, match=r"programs\.parquet"):
        rank(country / "broken")
