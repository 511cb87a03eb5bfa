"""What is saved is there wholly or not at all, whenever the process is killed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hazama.model.errors import UsageError
from hazama.tables import check, check_files, read
from hazama.tables.saving import JOURNAL, finish, save
from tests.tables.conftest import TOWN, Make

KILLED = """
import os, sys
from pathlib import Path
from hazama.tables.saving import save

town, left = Path(sys.argv[1]), int(sys.argv[2])

def dying(move):
    def moved(self, target):
        global left
        left -= 1
        return os._exit(9) if left < 0 else move(self, target)
    return moved

Path.rename, Path.replace = dying(Path.rename), dying(Path.replace)
new = {"town.toml": sys.argv[3], "agencies.csv": "id,name\\na,新しい課\\n", "concepts/own.csv": "id,ja\\nc,新\\n"}
save({town / name: text.encode() for name, text in new.items()}, town)
"""
MOVES = 4
"""One that decides and one for each file."""


def killed(town: Path, moves: int) -> int:
    """Save three files of the town in a process that ends itself after so many moves."""
    new = TOWN.replace("試町", "新町")
    return subprocess.run([sys.executable, "-X", "utf8", "-c", KILLED, town, str(moves), new], check=False).returncode


def told(town: Path) -> tuple[str, str, list[str]]:
    found = read(town)
    return found.name, found.agencies[0].name, [concept.ja for concept in found.schemes["own"].values()]


@pytest.fixture
def town(make: Make) -> Path:
    return make({"agencies.csv": "id,name\na,古い課\n", "concepts/own.csv": "id,ja\nc,旧\n"})


@pytest.mark.parametrize("moves", range(MOVES + 1))
def test_a_killed_save_leaves_the_old_town_or_the_new_one(town: Path, moves: int) -> None:
    assert killed(town, moves) == (9 if moves < MOVES else 0)
    assert told(town) == (("試町", "古い課", ["旧"]) if moves == 0 else ("新町", "新しい課", ["新"]))
    assert check(town).violations == ()
    assert not (town / JOURNAL).exists()


def test_a_file_by_itself_is_read_after_the_save_is_finished(town: Path) -> None:
    killed(town, 1)
    assert check_files([town / "agencies.csv"]).town.agencies[0].name == "新しい課"  # type: ignore[union-attr]


def test_the_next_save_comes_after_the_interrupted_one(town: Path) -> None:
    killed(town, 1)
    save({town / "agencies.csv": "id,name\na,もっと新しい課\n".encode()})
    assert told(town) == ("新町", "もっと新しい課", ["新"])


def test_what_was_never_decided_is_cleared_away_later(town: Path) -> None:
    killed(town, 0)
    (left,) = town.glob(f"{JOURNAL}-*")
    save({town / "notes.txt": b"x"})
    assert left.exists()
    os.utime(left, (0, 0))
    save({town / "notes.txt": b"x"})
    assert not left.exists()


def test_no_link_leads_a_save_out_of_the_folder(tmp_path: Path) -> None:
    town, outside = tmp_path / "town", tmp_path / "outside"
    outside.mkdir()
    (town / JOURNAL / "concepts").mkdir(parents=True)
    (town / JOURNAL / "concepts" / "x").write_text("x")
    (town / "concepts").symlink_to(outside)
    with pytest.raises(UsageError):
        finish(town)
    (town / JOURNAL).rename(tmp_path / "aside")
    with pytest.raises(UsageError):
        save({town / "a": b"a", town / "concepts" / "x": b"x"}, town)
    assert list(outside.iterdir()) == []
    assert not (town / "a").exists()


def test_files_are_saved_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "dir").mkdir()
    for bad in (tmp_path / "a" / "b", tmp_path / "dir"):
        with pytest.raises(UsageError, match="書き込めません"):
            save({tmp_path / "a": b"new", bad: b"x"}, tmp_path)
    assert (tmp_path / "a").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "dir"]
