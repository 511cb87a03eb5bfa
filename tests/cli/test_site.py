import sys
from io import StringIO
from pathlib import Path

import pytest

from hazama.cli.site import _bar
from tests.cli.conftest import Run


class Terminal(StringIO):
    """What is written to a screen."""

    def isatty(self) -> bool:
        return True


def test_publish_writes_the_pages_and_says_where(run: Run, tmp_path: Path) -> None:
    result = run("publish", "-o", tmp_path / "site")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "site" / "index.html").is_file()
    assert "index.html を開いてください" in result.stderr and result.stdout == ""


def test_publish_refuses_a_folder_of_somebody_else(run: Run, tmp_path: Path) -> None:
    (tmp_path / "work.xlsx").write_bytes(b"work")
    result = run("publish", "-o", tmp_path, "--lang", "en")
    assert result.exit_code == 2
    assert "files that hazama did not make" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["work.xlsx"]


def test_publish_takes_some_pages_of_the_public_part_for_an_address(run: Run, tmp_path: Path) -> None:
    result = run("publish", "-o", tmp_path / "site", "--only", "matrix", "--public", "--base", "https://town.example/a")
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "site").glob("*.html")} == {"matrix.html"}
    assert "matrix.html を開いてください" in result.stderr
    assert "https://town.example/a/matrix.html" in (tmp_path / "site" / "sitemap.xml").read_text(encoding="utf-8")


def test_a_screen_is_told_how_far_the_pages_are_and_a_log_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for screen, told in ((Terminal(), True), (StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", screen)
        with _bar("ja") as tick:
            for _ in range(7):
                tick(1 / 7)
        assert ("100%" in screen.getvalue()) == told and bool(screen.getvalue()) == told
