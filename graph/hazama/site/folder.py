"""A published folder appears whole or not at all."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hazama.model.errors import UsageError
from hazama.resources import phrase

MARK = "hazama-site.json"
"""The file by which hazama knows a folder that it made."""


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Give a new folder beside *folder* to write into, and put it in its place when all went well.

    An interrupted run leaves the old folder as it was; what an earlier one left behind is cleared.
    Raises :class:`UsageError` for a folder that hazama did not make, or a place that cannot be written.
    """
    folder = folder.absolute()
    refuse_foreign(folder)
    try:
        yield from _written(folder)
    except OSError as error:
        raise UsageError(*phrase("site", "cannot_write", folder=folder, reason=error.strerror or error)) from error


def refuse_foreign(folder: Path) -> None:
    """Raise :class:`UsageError` where *folder* holds anything that hazama did not publish."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(*phrase("site", "not_a_folder", folder=folder))
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise UsageError(*phrase("site", "not_ours", folder=folder))


def write(folder: Path, address: str, content: str | bytes) -> None:
    """Write one file of the site: UTF-8, LF, whatever the machine."""
    path = folder / address
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def written_whole(file: Path, text: str) -> None:
    """Write one file, whole or not at all; raise :class:`UsageError` for a place that cannot be written."""
    beside = file.with_name(f".{file.name}.new")
    try:
        write(file.absolute().parent, beside.name, text)
        beside.replace(file)
    except OSError as error:
        raise UsageError(*phrase("site", "cannot_write", folder=file, reason=error.strerror or error)) from error
    finally:
        beside.unlink(missing_ok=True)


def mark(folder: Path, **facts: str) -> None:
    """Leave the file by which hazama knows its folder."""
    write(folder, MARK, json.dumps({"made_by": "hazama", **facts}, ensure_ascii=False, indent=2) + "\n")


def _written(folder: Path) -> Iterator[Path]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    new, old = (folder.with_name(f".{folder.name}.{part}") for part in ("new", "old"))
    if old.exists() and not folder.exists():
        old.rename(folder)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    new.mkdir()
    try:
        yield new
        _swap(new, folder, old)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _swap(new: Path, folder: Path, old: Path) -> None:
    if folder.exists():
        folder.replace(old)
    try:
        new.replace(folder)
    except OSError:
        if old.exists():
            old.replace(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
