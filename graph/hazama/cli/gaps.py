"""Commands about what no programme reaches: gaps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from hazama.cli.options import lang_option
from hazama.model.errors import InputError
from hazama.resources import phrase


@click.command()
@click.option("--instance", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True)
@click.option("--all", "everything", is_flag=True, help="すべての狭間 / every maximal gap")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="重いほうから何件 / how many")
@click.option("--deadline", type=click.FloatRange(0), metavar="SECONDS", help="打ち切るまでの秒数 / stop after")
@lang_option
def gaps(instance: Path, everything: bool, top: int, deadline: float | None, lang: str) -> None:
    """どの事業も届かない狭間 / What no programme reaches, exactly."""
    from hazama import coverage
    from hazama.coverage import instance as bare

    read = bare.instance(document(instance))
    answer = coverage.answer(read.space, deadline) if everything else coverage.top(read.space, top, deadline)
    click.echo(json.dumps(bare.as_json(read, answer), ensure_ascii=False, indent=2))


def document(file: Path) -> Any:
    """The JSON in a file; what is wrong with it is said with its line."""
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        values = {"file": file, "row": error.lineno, "column": error.colno, "found": error.msg}
        ja, en = phrase("coverage", "not_json", **values)
        raise InputError(ja, (), en) from error


COMMANDS = [gaps]
