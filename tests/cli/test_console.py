"""A console of Windows in Japanese: CP932, strict, with names that it cannot hold."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGINT
from urllib.error import HTTPError
from urllib.request import urlopen

from hazama.cli import cli
from tests.cli.conftest import fill

SCRIPT = """
import sys
from hazama.cli import main
for line in sys.argv[1].split("|"):
    sys.argv = ["hazama", *line.split("~")]
    try:
        main()
    except SystemExit as end:
        print("done", sys.argv[1], end.code)
"""


@contextmanager
def console(*lines: list[str]) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """These commands one after the other on a CP932 console, and where to read what it shows."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "|".join(map("~".join, lines))],
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONIOENCODING": "cp932:strict"},
    )
    os.close(theirs)
    try:
        yield child, ours
    finally:
        os.close(ours)
        child.wait()


def read(ours: int, until: str = "") -> str:
    """What is shown up to some words, or to the end."""
    data = b""
    with suppress(OSError):  # the child has closed its end
        while (not until or until.encode("cp932") not in data) and (piece := os.read(ours, 65536)):
            data += piece
    return data.decode("cp932")


def shown(*lines: list[str]) -> str:
    """What a CP932 console shows of these commands."""
    with console(*lines) as (child, ours):
        text = read(ours)
    assert child.returncode == 0
    return text


def test_every_help_text_is_shown() -> None:
    text = shown(["--help"], *([name, "--help"] for name in cli.commands))
    assert "Traceback" not in text and "Error" not in text
    assert text.count("Options:") >= len(cli.commands)


def test_names_that_the_console_cannot_hold_never_stop_a_command(second: Path, tmp_path: Path) -> None:
    fill(second / "programs.csv", [{"id": "p9", "name": "𠮷田塾 — ﾊｰﾄ\u0301", "needs": "ひきこもり"}])
    book = str(tmp_path / "𠮷 — 表.xlsx")
    good = shown(
        *(
            [*line, *(["-o", str(tmp_path / out)] if out else [])]
            for line, out in (
                (["check", str(second)], ""),
                (["find", str(second)], ""),
                (["show", "p9", str(second)], ""),
                (["ask"], ""),
                (["gaps", str(second)], ""),
                (["audit", str(second)], ""),
                (["research", str(second)], ""),
                (["write", str(second)], "𠮷 — 表.xlsx"),
                (["merge", book, str(second)], ""),
                (["build", str(second)], "𠮷 —.ttl"),
                (["publish", str(second)], "𠮷 — 公開"),
                (["new", str(tmp_path / "𠮷 — 町")], ""),
                (["no-such-𠮷"], ""),
            )
        ),
    )
    fill(second / "programs.csv", [{"id": "p8", "name": "𠮷田塾 — ﾊｰﾄ\u0301", "min_age": "６５—", "owner": "𠮷"}])
    bad = shown(["check", str(second)], ["check", str(second), "--lang", "en"], ["find", str(second)])
    for text, count in ((bad, 3), (good, 13)):
        assert "Traceback" not in text and "UnicodeEncodeError" not in text
        assert text.count("done ") == count
    assert "?田塾" in good


def test_a_town_that_the_console_cannot_hold_is_served(second: Path) -> None:
    home = second.rename(second.with_name("𠮷 — 町"))
    settings = home / "town.toml"
    settings.write_text(re.sub('name = ".*"', 'name = "𠮷—町"', settings.read_text("utf-8")), "utf-8")
    with console(["serve", str(home), "--port", "0"]) as (child, ours):
        address = re.findall(r"http://[\d.:]+/", read(ours, "止めるには"))[0]
        with urlopen(address) as answer, suppress(HTTPError):
            assert "𠮷—町" in answer.read().decode()
            urlopen(f"{address}%F0%A0%AE%B7%E2%80%94")
        child.send_signal(SIGINT)
        rest = read(ours)
    assert "done serve 0" in rest and "Traceback" not in rest
