import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hazama.model.errors import UsageError
from hazama.site.folder import MARK, mark, replaced, write
from hazama.site.publish import publish
from tests.towns import small_town


def published(folder: Path, text: str) -> None:
    with replaced(folder) as new:
        write(new, "index.html", text)
        mark(new, town="999996")


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir())


def test_a_new_folder_takes_the_place_of_the_old(tmp_path: Path) -> None:
    published(tmp_path / "site", "first")
    published(tmp_path / "site", "second")
    assert (tmp_path / "site" / "index.html").read_text() == "second"
    assert beside(tmp_path / "site") == ["site"]


def test_an_interrupted_run_leaves_the_old_site_whole(tmp_path: Path) -> None:
    published(tmp_path / "site", "first")
    with pytest.raises(KeyboardInterrupt), replaced(tmp_path / "site") as new:
        write(new, "index.html", "half")
        raise KeyboardInterrupt
    assert (tmp_path / "site" / "index.html").read_text() == "first"
    assert beside(tmp_path / "site") == ["site"]


def test_what_a_killed_run_left_behind_is_cleared(tmp_path: Path) -> None:
    published(tmp_path / "site", "first")
    write(tmp_path / ".site.new", "index.html", "half")
    published(tmp_path / "site", "second")
    assert beside(tmp_path / "site") == ["site"]


def test_a_run_killed_between_the_two_renames_loses_nothing(tmp_path: Path) -> None:
    published(tmp_path / "site", "first")
    (tmp_path / "site").rename(tmp_path / ".site.old")
    with pytest.raises(KeyboardInterrupt), replaced(tmp_path / "site"):
        raise KeyboardInterrupt
    assert (tmp_path / "site" / "index.html").read_text() == "first"


def test_a_folder_that_hazama_did_not_make_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_bytes(b"work")
    with pytest.raises(UsageError, match="hazama が作ったものではない"), replaced(tmp_path):
        pass
    assert beside(tmp_path / "mine.xlsx") == ["mine.xlsx"]


def test_a_file_or_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("file", "link"):
        with pytest.raises(UsageError, match="フォルダではありません"), replaced(tmp_path / name):
            pass


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    published(tmp_path / "site", "first")
    assert (tmp_path / "site" / MARK).is_file()


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="書き込めません"), replaced(tmp_path / "file" / "site"):
        pass


def test_a_publication_that_is_killed_leaves_the_old_site_whole(tmp_path: Path) -> None:
    published(tmp_path / "site", "first")
    command = [sys.executable, "-c", "from hazama.cli import main; main()", "publish", "-o", str(tmp_path / "site")]
    running = subprocess.Popen(command, stderr=subprocess.PIPE)
    while running.poll() is None and not (tmp_path / ".site.new" / "index.html").exists():
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    _, said = running.communicate()
    assert running.returncode == -signal.SIGKILL, said
    assert (tmp_path / "site" / "index.html").read_text() == "first"
    published(tmp_path / "site", "second")
    assert beside(tmp_path / "site") == ["site"]


def test_a_full_disk_is_told_and_leaves_the_old_site_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published(tmp_path / "site", "first")
    room, writing = [50_000], Path.write_bytes

    def short(path: Path, data: bytes) -> int:
        room[0] -= len(data)
        if room[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return writing(path, data)

    with monkeypatch.context() as patch, pytest.raises(UsageError, match="前に公開したものはそのまま"):
        patch.setattr(Path, "write_bytes", short)
        publish(small_town(), tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "first"
    assert beside(tmp_path / "site") == ["site"]
