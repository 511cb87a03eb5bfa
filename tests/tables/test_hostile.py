"""Files made to break a reader: a clear answer in bounded time and memory, and nothing else happens."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from hazama.tables import new
from hazama.tables.sheets import MOST_BYTES
from tests.tables.conftest import Make

SECONDS = 5
MEMORY = 512 * 2**20

CHECK = """
import socket, sys
def forbidden(*_): raise AssertionError("network")
socket.socket.connect = socket.getaddrinfo = forbidden
from hazama import tables
for violation in tables.check(sys.argv[1]).violations:
    print(violation.code, tables.sentence(violation, "en"))
"""

HOSTILE = {
    "a megabyte": (b"id,name\na," + b"x" * 2**20, "cell_too_long"),
    "an open quote": (b'id,name\na,"' + b"x,\n" * (MOST_BYTES // 3 - 99), "cell_too_long"),
    "nothing but quotes": (b"id,name\n" + b'"' * (MOST_BYTES - 99), "cell_too_long"),
    "nothing but commas": (b"," * (MOST_BYTES - 99), "too_many_columns"),
    "nothing but lines": (b"id,name\n" + b"\n" * (MOST_BYTES - 99), "too_many_rows"),
    "nothing but line ends of a Mac": (b"id,name\r" + b"\r" * (MOST_BYTES - 99), "too_many_rows"),
    "nothing but zeros": (b"\0" * MOST_BYTES, "binary_file"),
    "a path as id": (b"id,name\n../../../etc/passwd,x\n", "bad_id"),
    "a query as id": (b"id,name\nx> ?s ?p ?o . <y,x\n", "bad_id"),
    "a hundred thousand unknown columns": (b"x," * 100_000, "too_many_columns"),
    "a thousand headings that are nearly known": (b"naem," * 998 + b"id,name\n", "unknown_column_near"),
    "a list of a thousand unknown names": (
        b"id,name,owner\na,b," + b";".join(b"n%d" % n for n in range(4000)),
        "unknown",
    ),
}


def limited() -> None:
    """Time and memory of the child."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """A folder checked in a process of its own, with limits on time and memory."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", CHECK, str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        preexec_fn=limited,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=60,
    )


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_table_is_answered(make: Make, data: bytes, code: str) -> None:
    folder = make({"programs.csv": data})
    before = sorted(folder.rglob("*"))
    done = checked(folder)
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stderr == ""
    assert code in done.stdout
    assert "programs.csv" in done.stdout
    assert sorted(folder.rglob("*")) == before


def numbered(*rows: str, times: int) -> str:
    return "\n".join([rows[0], *(rows[1].replace("#", str(number)) for number in range(times))])


LARGE = {
    "a hundred thousand categories": (
        {"concepts/needs.csv": numbered("id,ja", "n#,区分 #", times=100_000), "programs.csv": "id,name\na/b,x\n"},
        "bad_id programs.csv, row 2",
    ),
    "ten thousand boxes": (
        {
            "programs.csv": "id,name\np1,x\n",
            "eligibility.csv": numbered("program,min_age,max_age", "p1,#,x", times=10_000),
        },
        "bad_age eligibility.csv, row 10001",
    ),
    "a chain of five thousand": (
        {
            "agencies.csv": numbered("id,name,parent", "a#,x,a#", times=1)
            + "".join(f"\nb{number},x,b{number + 1}" for number in range(5_000))
            + "\nb5000,x,"
        },
        "above_itself agencies.csv, row 2",
    ),
}


@pytest.mark.parametrize(("files", "said"), LARGE.values(), ids=LARGE)
def test_a_large_town_is_answered(tmp_path: Path, files: dict[str, str], said: str) -> None:
    folder = tmp_path / "大きな 町"
    new(folder)
    (folder / "concepts").mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = checked(folder)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr[-500:]
    assert said in done.stdout


def test_a_path_with_spaces_and_japanese_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "わたしの 町 𠮷"
    new(folder)
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", CHECK, str(folder)], capture_output=True, check=True)
    assert done.stdout == b""
