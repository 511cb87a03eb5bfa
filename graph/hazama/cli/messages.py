"""What the command line says when it cannot go on."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import click

from hazama.model.errors import HazamaError, InputError
from hazama.resources import phrase, words


def language(ctx: click.Context | None) -> str:
    """The language that ``--lang`` asked for anywhere on this command line; Japanese otherwise."""
    return str(ctx.find_root().meta.get("hazama.lang", "ja")) if ctx else "ja"


def tell(error: HazamaError, ctx: click.Context) -> None:
    """Print the error, and every bad cell it carries, on stderr."""
    lang = language(ctx)
    click.echo(error.sentence(lang), err=True)
    if isinstance(error, InputError):
        from hazama.tables import sentence

        for violation in error.violations:
            click.echo("  " + sentence(violation, lang), err=True)


def say(id: str, lang: str, /, floor: str = "cli", **values: Any) -> str:
    """One text of ``ontology/words/<floor>.csv`` in that language."""
    return words(floor)[id][lang].format(**values)


def usage_sentence(error: click.UsageError, arguments: Sequence[str]) -> str:
    """What click refused of a command line, as a sentence with the way to the help text."""
    ja, en = phrase("cli", _kind(error), **_places(error))
    path = error.ctx.command_path if error.ctx else "hazama"
    hint = phrase("cli", "see_help", command=path)
    return f"{en}\n{hint[1]}" if asks_english(arguments) else f"{ja}\n{hint[0]}"


def asks_english(arguments: Sequence[str]) -> bool:
    """Whether a line that may not be understood asks for English."""
    return "--lang=en" in arguments or ("--lang", "en") in pairwise(arguments)


def _kind(error: click.UsageError) -> str:
    kinds = (
        (click.NoSuchOption, "no_such_option"),
        (click.exceptions.NoSuchCommand, "no_such_command"),
        (click.MissingParameter, "missing_parameter"),
        (click.BadParameter, "bad_parameter"),
        (click.BadOptionUsage, "bad_option_usage"),
    )
    return next((kind for cls, kind in kinds if isinstance(error, cls)), "bad_usage")


def _places(error: click.UsageError) -> dict[str, str]:
    param = getattr(error, "param", None)
    named = getattr(error, "option_name", None) or getattr(error, "command_name", None)
    if named is None and param is not None:
        named = param.opts[0] if isinstance(param, click.Option) else param.make_metavar(error.ctx)
    return {"name": str(named or ""), "allowed": _allowed(param.type) if param else "", "message": error.message}


def _allowed(kind: "click.ParamType[Any]") -> str:
    """The values that a parameter takes, where they can be listed."""
    if isinstance(kind, click.Choice):
        return ", ".join(map(str, kind.choices))
    if isinstance(kind, (click.IntRange, click.FloatRange)):
        return f"{'' if kind.min is None else kind.min}〜{'' if kind.max is None else kind.max}"
    return kind.name
