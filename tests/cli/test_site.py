from pathlib import Path

from tests.cli.conftest import Run


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
