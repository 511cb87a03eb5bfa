"""Files saved all or none, also where the process is killed on the way.

The new files are written into a folder of their own beside those that they replace. Giving it the name ``.hazama-save``
decides: before that nothing has happened, and after it whoever next reads or writes there moves the rest into place.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from hazama.model.errors import UsageError
from hazama.resources import phrase

JOURNAL = ".hazama-save"
_STALE_SECONDS = 3600
"""Age from which an undecided folder is taken to be that of a killed process."""


def save(files: Mapping[Path, bytes], folder: Path | None = None) -> None:
    """Write files whole, all or none; *folder* is the one that holds them all, where they are several."""
    if not files:
        return
    root = (folder or next(iter(files)).parent).absolute()
    with _told(next(iter(files)).parent):
        finish(root)
        work = _prepared({path.absolute().relative_to(root): data for path, data in files.items()}, root)
        if len(files) > 1:
            work = work.rename(root / JOURNAL)
            _flush(root)
        _move(work, root)


def finish(folder: Path) -> None:
    """Bring a save that was interrupted in the folder to its end."""
    if (folder / JOURNAL).is_dir() and not (folder / JOURNAL).is_symlink():
        with _told(folder):
            _move(folder / JOURNAL, folder)


@contextmanager
def _told(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(*phrase("tables", "cannot_write", folder=place, found=reason)) from error


def _prepared(files: Mapping[Path, bytes], root: Path) -> Path:
    """A folder with the new files, which are known to have a place to go to."""
    for name in files:
        if _target(name, root).is_dir():
            raise IsADirectoryError(f"{name} is a folder")
    for old in root.glob(f"{JOURNAL}-*"):
        if time.time() - old.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=f"{JOURNAL}-", dir=root))
    try:
        for name, data in files.items():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            with (work / name).open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            _flush((work / name).parent)
    except OSError:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return work


def _target(name: Path, root: Path) -> Path:
    """Where a file goes; a link must not lead it out of the folder."""
    place = root / name
    if not place.parent.resolve().is_relative_to(root.resolve()):
        raise PermissionError(f"{name} leads out of the folder")
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _move(work: Path, root: Path) -> None:
    """Every file to its place, another process may be at it too; a folder comes after what it holds."""
    for path in sorted(work.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            with suppress(OSError):
                path.rmdir()
        else:
            with suppress(FileNotFoundError):
                path.replace(_target(path.relative_to(work), root))
    with suppress(OSError):
        work.rmdir()


def _flush(folder: Path) -> None:
    """What stands in the folder onto the disk, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
