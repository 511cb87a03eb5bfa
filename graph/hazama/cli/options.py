"""Options that commands share: which town, which part of it, which language, which format."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from hazama.cli.output import Out
from hazama.model.errors import UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.knowledge.store import Store
    from hazama.model.town import Municipality
    from hazama.model.view import Scope

Command = Callable[..., Any]

LIST = ("table", "json", "csv", "md")
"""The forms of a list."""
PATH = click.Path(path_type=Path)
town_argument = click.argument("town", required=False, type=PATH)
output_option = click.option("-o", "--output", type=PATH, required=True, help="書き出す先 / where to write")


def names_option(name: str, help: str, metavar: str = "GROUP,…") -> Callable[[Command], Command]:
    """Names with commas between them, as a tuple."""

    def names(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
        return tuple(name.strip() for name in value.split(",") if name.strip())

    return click.option(name, default="", metavar=metavar, callback=names, help=help)


only_option = names_option("--only", "まとまりか監査の名だけ（例: law,governance:silo） / groups or audits")


def answering(*formats: str, area: str = "cli") -> Callable[[Command], Command]:
    """``--lang``, ``--format`` where there are several, and ``-o`` of the command, as one argument, ``out``."""

    def decorated(command: Command) -> Command:
        @lang_option
        @wraps(command)
        def wrapped(*args: Any, lang: str, format: str = "table", output: Path | None = None, **kwargs: Any) -> Any:
            return command(*args, out=Out(lang, format, output, area), **kwargs)

        return format_option(*formats)(wrapped) if formats else wrapped

    return decorated


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


def scope_options(command: Command) -> Command:
    """``--as-of --include --classification`` as one argument, ``request``, with the town where there is one."""

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
    def wrapped(*args: Any, town: Path | None = None, **kwargs: Any) -> Any:
        request = TownRequest(town, *(kwargs.pop(name) for name in ("as_of", "include", "classification")))
        return command(*args, request=request, **kwargs)

    return wrapped


def town_options(command: Command) -> Command:
    """``[TOWN] --as-of --include --classification`` as one argument, ``request``."""
    return town_argument(scope_options(command))


store_option = click.option(
    "--store", default="memory", metavar="memory|DIR|http://…", help="グラフの置き場所 / where the graph is kept"
)


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
