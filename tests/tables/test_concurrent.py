"""A table that somebody saves while it is read: one edition or the other, or a clear answer, never a crash."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from threading import Event, Thread

import pytest

from hazama.tables import check
from tests.tables.conftest import Make

EDITIONS = tuple("id,name\n" + "".join(f"a{n},{name}{n}\n" for n in range(500)) for name in ("旧課", "新しい課"))


def replaced(path: Path, text: str) -> None:
    """As most editors save."""
    other = path.with_suffix(".new")
    other.write_text(text, encoding="utf-8")
    other.replace(path)


def in_pieces(path: Path, text: str) -> None:
    """As a copy to a file share arrives."""
    with path.open("w", encoding="utf-8") as stream:
        for at in range(0, len(text), 1000):
            stream.write(text[at : at + 1000])
            stream.flush()


@contextmanager
def saving(path: Path, save: Callable[[Path, str], None]) -> Iterator[None]:
    """Somebody who saves one edition after the other."""
    done = Event()

    def work() -> None:
        for text in cycle(EDITIONS):
            save(path, text)
            if done.is_set():
                return

    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("save", [replaced, in_pieces])
def test_saving_while_reading(make: Make, save: Callable[[Path, str], None]) -> None:
    folder = make({"agencies.csv": EDITIONS[0]})
    with saving(folder / "agencies.csv", save):
        found = [check(folder) for _ in range(20)]
    for checked in found:
        if save is replaced:
            assert checked.violations == () and checked.town and len(checked.town.agencies) == 500
            assert len({row.name.rstrip("0123456789") for row in checked.town.agencies}) == 1
        else:
            assert (checked.town is None) == any(entry.severity == "error" for entry in checked.violations)
            assert all(entry.file == "agencies.csv" for entry in checked.violations)
