"""The readmes promise; these tests hold them to it."""

import doctest
import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import hazama.towns
from hazama.cli import cli

ROOT = Path(__file__).parents[1]
ENGLISH, JAPANESE = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md"))


def rows(text: str) -> list[str]:
    """The commands that a table of the readme shows, as typed."""
    return re.findall(r"`hazama ([^`]+)`", text)


def test_one_verb_is_the_command_the_function_and_the_readme_line() -> None:
    listed = {line.split()[0] for line in rows(ENGLISH)}
    assert listed == set(cli.commands)
    single = [name for name in cli.commands if name != "towns"]
    functions = {name: "import_table" if name == "import" else name for name in single}
    assert [name for name, function in functions.items() if not callable(getattr(hazama, function, None))] == []
    towns = cli.commands["towns"]
    assert isinstance(towns, click.Group) and sorted(towns.commands) == sorted(hazama.towns.__all__)


def test_the_python_example_runs() -> None:
    assert doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8").failed == 0


@pytest.mark.parametrize("line", [line for line in rows(JAPANESE) if "変更" not in line])
def test_the_japanese_examples_run(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, shlex.split(line))
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize("name", ["README.md", "README.ja.md", "CONTRIBUTING.md"])
def test_links_of_the_documents_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []


def test_the_make_commands_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    promised = set(re.findall(r"^make (\w+)", ENGLISH, re.MULTILINE))
    assert promised == {"demo", "test"}
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in promised | {"check"})
