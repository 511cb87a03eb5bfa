"""Options that commands share: which town, which part of it, which language, which format."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from hazama.model.errors import UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.knowledge.store import Store
    from hazama.model.town import Municipality
    from hazama.model.view import Scope

Command = Callable[..., Any]


class TownRequest(NamedTuple):
    """The town that was asked for and the part of it that counts, as typed on the command line."""

    path: Path | None
    as_of: str | None
    include: tuple[str, ...]
    classification: str

    def whole(self) -> "Municipality":
        """Every row of the town and of the layers beneath it, at all times."""
        from hazama.tables import read

        return read(existing(self.path))

    def scope(self, town: "Municipality") -> "Scope":
        """The scope of the answer: as of the town's own date unless another was asked for."""
        from hazama.model.records import Status
        from hazama.model.view import Scope

        return Scope(self._date(town), frozenset(map(Status, self.include)), self.classification == "all")

    def viewed(self) -> "Municipality":
        """The rows and cells that count."""
        from hazama.model.view import view

        town = self.whole()
        return view(town, self.scope(town))

    def _date(self, town: "Municipality") -> date | None:
        if self.as_of is None:
            return town.layer.as_of
        return None if self.as_of == "all" else parsed_date(self.as_of)


def existing(path: Path | None) -> Path:
    """The folder of the town that was named, or of the sample town; an unknown folder is a usage error."""
    from hazama.tables import sample

    if path is not None and not path.exists():
        raise UsageError(*phrase("cli", "no_town", path=path))
    return path or sample()


def parsed_date(text: str) -> date:
    """A day given on the command line as ``2022-02-28`` or ``today``."""
    if text == "today":
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(*phrase("cli", "bad_date", text=text)) from error


def town_options(command: Command) -> Command:
    """``[TOWN] --as-of --include --classification`` as one argument, ``request``."""

    @click.argument("town", required=False, type=click.Path(path_type=Path))
    @click.option(
        "--as-of", metavar="DATE|all", help="この日に有効な行だけを見る（all は全期間） / rows in force on that day"
    )
    @click.option(
        "--include",
        type=click.Choice(["inferred", "unverified"]),
        multiple=True,
        help="推定・未確認の行も数える / count inferred or unverified rows too",
    )
    @click.option(
        "--classification",
        type=click.Choice(["all", "stated"]),
        default="all",
        help="stated は当方の分類を除く / stated leaves the editor's classification out",
    )
    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        request = TownRequest(*(kwargs.pop(name) for name in ("town", "as_of", "include", "classification")))
        return command(*args, request=request, **kwargs)

    return wrapped


def store_option(command: Command) -> Command:
    """``--store memory|DIR|http://…/sparql`` as ``store``."""
    return click.option(
        "--store", default="memory", metavar="memory|DIR|http://…", help="グラフの置き場所 / where the graph is kept"
    )(command)


def kept(store: str, town: "Municipality", scope: "Scope") -> "Store | None":
    """The store that was asked for, holding *town*; none for the tables in memory, which load nothing more."""
    if store == "memory":
        return None
    from hazama.knowledge.stores import opened

    return opened(store, town, scope)


def lang_option(command: Command) -> Command:
    """``--lang ja|en`` as ``lang``; errors of the same command speak it too."""
    return click.option(
        "--lang",
        type=click.Choice(["ja", "en"]),
        default="ja",
        is_eager=True,
        callback=_remembered,
        help="表示の言語 / language",
    )(command)


def _remembered(ctx: click.Context, _param: click.Parameter, value: str) -> str:
    ctx.find_root().meta["hazama.lang"] = value
    return value


def format_option(*formats: str) -> Callable[[Command], Command]:
    """``--format`` with these choices as ``format``; the first is the default."""
    return click.option("--format", type=click.Choice(formats), default=formats[0], help="出力の形 / output format")


def output_option(command: Command) -> Command:
    """``-o FILE`` as ``output``."""
    return click.option(
        "-o", "--output", type=click.Path(path_type=Path), required=True, help="書き出す先 / where to write"
    )(command)
