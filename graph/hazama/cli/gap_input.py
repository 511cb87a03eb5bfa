"""What the commands about gaps are given: instances, changes and households, from files or typed."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from hazama.cli.options import TownRequest
from hazama.model.errors import InputError, UsageError
from hazama.resources import phrase


def json_document(file: Path) -> Any:
    """The JSON in a file; what is wrong with it is said with its line."""
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        values = {"file": file, "row": error.lineno, "column": error.colno, "found": error.msg}
        ja, en = phrase("coverage", "not_json", **values)
        raise InputError(ja, (), en) from error


def yaml_document(file: Path) -> Any:
    """The YAML in a file."""
    return _yaml(file.read_text(encoding="utf-8-sig"), str(file))


@contextmanager
def stopped_by_ctrl_c(stop: Callable[[], None]) -> Iterator[None]:
    """Within, the first Ctrl-C calls ``stop`` and work goes on; the one after it ends the process as always."""
    usual = signal.getsignal(signal.SIGINT)

    def once(*_signal: object) -> None:
        signal.signal(signal.SIGINT, usual)
        stop()

    signal.signal(signal.SIGINT, once)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def case_document(name: str) -> Any:
    """The household in a file, or the shipped case of that name."""
    from hazama.coverage.households import case_text

    path = Path(name)
    return yaml_document(path) if path.is_file() else _yaml(case_text(name), name)


def list_cases() -> None:
    """Prints the shipped cases, by what to call them and their title."""
    from hazama.coverage.households import case_names, case_text

    for name in case_names():
        click.echo(f"{name}\t{_yaml(case_text(name), name)['name']}")


def typed(
    file: str | None, request: TownRequest, age: int, needs: tuple[str, ...], conditions: tuple[str, ...]
) -> tuple[TownRequest, Any]:
    """A household of one person as typed; without a file the first name on the line is the town."""
    person: dict[str, Any] = {"age": age, "needs": list(needs)}
    for condition in conditions:
        dimension, equals, value = condition.partition("=")
        if not equals:
            raise UsageError(*phrase("coverage", "bad_condition", text=condition))
        person.setdefault(dimension, []).append(value)
    town = request if file is None else request._replace(path=Path(file))
    return town, {"persons": [person]}


def _yaml(text: str, name: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        ja, en = phrase("coverage", "not_yaml", file=name, found=str(error).replace("\n", " "))
        raise InputError(ja, (), en) from error
