"""The wheel, installed in a fresh environment without the checkout, does the main job."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = "Scripts" if os.name == "nt" else "bin"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``hazama`` command of a fresh environment that knows only the wheel and its dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("hazama-*.whl")
    venv.create(folder / "fresh", with_pip=True)
    pip = [str(folder / "fresh" / BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-c", str(ROOT / "constraints.txt"), str(wheel)], check=True, capture_output=True)
    return folder / "fresh" / BIN / "hazama"


def hazama(command: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command away from the checkout."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    line = [str(command), *map(str, arguments)]
    return subprocess.run(line, cwd=command.parent, env=clean, capture_output=True, encoding="utf-8", timeout=120)


def test_the_wheel_publishes_the_sample(installed: Path, tmp_path: Path) -> None:
    published = hazama(installed, "publish", "-o", tmp_path / "page")
    assert published.returncode == 0, published.stderr
    assert "藤沢市" in (tmp_path / "page" / "index.html").read_text(encoding="utf-8")


def test_the_wheel_finds_asks_draws_and_exports(installed: Path, tmp_path: Path) -> None:
    found = hazama(installed, "find", "--age", "45", "--need", "ひきこもり", "--format", "json")
    assert "p_jiritsu" in {record["id"] for record in json.loads(found.stdout)}
    assert len(json.loads(hazama(installed, "ask", "--format", "json").stdout)) >= 20
    for arguments in (("draw", "governance", "-o", tmp_path / "4.svg"), ("build", "-o", tmp_path / "town.ttl")):
        done = hazama(installed, *arguments)
        assert done.returncode == 0, done.stderr


def test_the_wheel_makes_and_checks_a_new_town(installed: Path, tmp_path: Path) -> None:
    assert hazama(installed, "new", tmp_path / "町").returncode == 0
    assert hazama(installed, "check", tmp_path / "町").returncode == 0
