"""The town as its tables say it now: read anew when one is saved, while the last good pages stay up."""

import asyncio
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import mkdtemp

from hazama.model.errors import HazamaError, InputError
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.resources import phrase
from hazama.site.beside import beside
from hazama.site.publish import publish
from hazama.site.serve.edition import Edition
from hazama.site.serve.shelf import Shelf, bare, opening, published, troubled
from hazama.site.values import LANGUAGES, Lang
from hazama.tables import read, sentence

ScopeOf = Callable[[Municipality], Scope]
Sign = tuple[tuple[str, int, int], ...]

PAUSE = 0.4
"""Seconds between two looks at the tables; they are read when two looks agree, so never while one is being saved."""


class Living:
    """What is served at this moment. ``edition`` and ``shelf`` change together when new pages are ready."""

    def __init__(self, path: Path, scope_of: ScopeOf) -> None:
        self._path, self._scope_of = path, scope_of
        self._sign = _sign(path)
        self._home = Path(mkdtemp(prefix="hazama-"))
        self._count = 0
        self._closed = False
        self._work = ExitStack()
        self._opened = asyncio.Event()
        self.edition = self._read()
        self._good = self.shelf = bare(self.edition)
        self.is_published = False
        self.trouble: Mapping[Lang, tuple[str, ...]] = {"ja": (), "en": ()}

    async def opened(self, seconds: float) -> None:
        """Wait for 概要, but for a large town no longer than *seconds*: then a notice stands in its place."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._opened.wait(), seconds)

    async def tend(self) -> None:
        """Publish, then look at the tables until cancelled, and publish again whenever a change has settled."""
        await self._renew(self._open)
        before = self._sign
        while True:
            await asyncio.sleep(PAUSE)
            now = await asyncio.to_thread(_sign, self._path)
            if now == before != self._sign:
                self._sign = now
                await self._renew(self._read)
            before = now

    def close(self) -> None:
        """Stop publishing and leave nothing behind."""
        self._closed = True
        self._work.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _read(self) -> Edition:
        whole = read(self._path)
        return Edition(whole, self._scope_of(whole), self._path)

    def _open(self) -> Edition:
        self._good = self.shelf = opening(self.edition)
        return self.edition

    async def _renew(self, source: Callable[[], Edition]) -> None:
        try:
            edition = await asyncio.to_thread(source)
            self._opened.set()
            good = await asyncio.to_thread(self._published, edition)
        except Exception as error:  # the last good pages stay up, whatever is wrong with the new ones
            self.trouble = {lang: tuple(_told(error, lang)) for lang in LANGUAGES}
            self.shelf = await asyncio.to_thread(troubled, self._good, self.trouble)
            self._opened.set()
            return
        self.edition, self.shelf, self._good, self.is_published = edition, good, good, True
        self.trouble = {"ja": (), "en": ()}

    def _published(self, edition: Edition) -> Shelf:
        """The pages in memory, written by another process so that this one answers meanwhile."""
        self._count += 1
        folder, base = self._home / str(self._count), edition.ground
        with self._work:  # which :meth:`close` leaves from its own thread
            done = self._work.enter_context(beside(publish, base.whole, folder, base.scope, base.own))
            if self._closed:
                raise asyncio.CancelledError
            done()
        shelf = published(edition, folder)
        shutil.rmtree(folder)
        return shelf


def _told(error: Exception, lang: Lang) -> Iterator[str]:
    """What is wrong in sentences: every bad cell by file, row and column."""
    yield phrase("serve", "trouble")[lang == "en"]
    yield error.sentence(lang) if isinstance(error, HazamaError) else type(error).__name__
    if isinstance(error, InputError):
        yield from (sentence(violation, lang) for violation in error.violations[:20])


def _sign(path: Path) -> Sign:
    """Names, sizes and times of the files of a town; an office's lock files do not count."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    found = []
    for file in files:
        try:
            state = file.stat()
        except OSError:
            continue
        if file.is_file() and not file.name.startswith(("~$", ".~", ".")):
            found.append((str(file), state.st_size, state.st_mtime_ns))
    return tuple(found)
