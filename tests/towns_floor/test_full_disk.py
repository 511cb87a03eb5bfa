"""A disk that fills up: said clearly, nothing half-written, and the same command finishes once there is room."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from hazama.towns import pack, sample

MOST = 3_000
"""Bytes that one file may have: the system then refuses to write on, as it does where a disk is full."""
COMMANDS = {
    "pack": ["towns", "pack", "in", "-o", "out"],
    "audit": ["towns", "audit", "towns", "-o", "out/f.parquet"],
    "store": ["ask", "bodies", "in/900010", "--store", "out/store"],
}


def run(home: Path, command: list[str], most: int) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    line = [sys.executable, "-c", "from hazama.cli import main; main()", *command]
    return subprocess.run(line, cwd=home, preexec_fn=limit, capture_output=True, text=True)


def left(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.rglob("*") if one.is_file())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_is_told_and_leaves_no_half(name: str, tmp_path: Path) -> None:
    sample(2, tmp_path / "in", programs=60)
    pack([tmp_path / "in"], tmp_path / "towns", 1)
    (tmp_path / "out").mkdir()
    told = run(tmp_path, COMMANDS[name], MOST)
    assert told.returncode == 3
    assert "Traceback" not in told.stderr and "File too large" in told.stderr
    assert left(tmp_path / "out") == []
    assert run(tmp_path, COMMANDS[name], resource.RLIM_INFINITY).returncode == 0
    assert left(tmp_path / "out")
