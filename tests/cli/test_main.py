"""The whole program: exit codes, streams and what is said when a line cannot be understood."""

import os
import subprocess
import sys

import pytest

from hazama.cli import cli


def hazama(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, its streams in pipes."""
    line = [sys.executable, "-c", "from hazama.cli import main; main()", *arguments]
    return subprocess.run(line, capture_output=True, env={**os.environ, **environment}, timeout=60)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["find", "--ag", "5"], "「--ag」というオプションはありません"),
        (["find", "--age", "old"], "「--age」の値が使えません。使える値: 0〜130"),
        (["show"], "が足りません"),
        (["nothing"], "「nothing」という命令はありません"),
        (["find", "--as-of", "2022-02-31"], "日付として読めません"),
    ],
)
def test_a_line_that_cannot_be_understood_is_answered_in_japanese(line: list[str], said: str) -> None:
    done = hazama(*line)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_the_answer_is_in_english_when_asked() -> None:
    assert "There is no option --ag" in hazama("find", "--lang", "en", "--ag", "5").stderr.decode()


def test_a_pipe_gets_utf8_whatever_the_console_speaks() -> None:
    done = hazama("find", "--text", "ユースワーク", "--format", "csv", PYTHONIOENCODING="cp932")
    assert done.returncode == 0
    assert "ユースワークふじさわ" in done.stdout.decode("utf-8")


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from hazama.cli import cli; print(*(sys.modules.keys() & set(sys.argv[1:])))"
    heavy = ["pandas", "networkx", "rdflib", "pyvis", "pyoxigraph", "jinja2", "numpy"]
    done = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, check=True, timeout=60)
    assert done.stdout.split() == []


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_explains_itself_in_both_languages(name: str) -> None:
    text = cli.commands[name].help or ""
    assert " / " in text
    assert any("぀" <= sign <= "ヿ" for sign in text)
