"""What the commands about gaps are given: instances, changes and households, from files or typed."""

from __future__ import annotations

import json
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hazama.cli.options import TownRequest
from hazama.model.errors import InputError, UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.coverage.deadline import Deadline

MOST_BYTES = 100_000_000
"""The longest file that is read."""
MOST_DEEP = 50
"""The deepest nesting of YAML that is read."""


def json_document(file: Path, deadline: Deadline) -> Any:
    """The JSON in a file; what is wrong with it is said with its line, or with the key that an object has twice.

    Lists of texts are tuples, equal ones the same object. ``TimeoutError`` once the deadline has passed.
    """
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    objects = count(1)

    def kept(value: Any) -> Any:
        if type(value) is list and set(map(type, value)) == {str}:
            listed = tuple(value)
            return shared.setdefault(listed, listed)
        return value

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if not next(objects) & 1023:
            deadline.check()
        found = {key: kept(value) for key, value in pairs}
        if len(found) < len(pairs):
            raise KeyError(Counter(key for key, _ in pairs).most_common(1)[0][0])
        return found

    try:
        return json.loads(_text(file), object_pairs_hook=once)
    except RecursionError as error:
        raise _unreadable("too_deep", file) from error
    except json.JSONDecodeError as error:
        raise _unreadable("not_json", file, row=error.lineno, column=error.colno, found=error.msg) from error
    except KeyError as error:
        raise _unreadable("key_twice", file, value=error.args[0]) from error
    except ValueError as error:
        raise _unreadable("long_number", file) from error


def yaml_document(file: Path) -> Any:
    """The YAML in a file."""
    return _yaml(_text(file), str(file))


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
        depth = 0
        for event in yaml.parse(text, yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):  # a few lines of them can stand for gigabytes
                raise _unreadable("aliases", name)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MOST_DEEP:
                raise _unreadable("too_deep", name)
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise _unreadable("not_yaml", name, found=str(error).replace("\n", " ")) from error


def _text(file: Path) -> str:
    """The text of a file of at most :data:`MOST_BYTES`."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise _unreadable("too_long", file, most=MOST_BYTES)
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(*phrase("coverage", "no_file", file=file, found=error.strerror or error)) from error
    except UnicodeDecodeError as error:
        raise _unreadable("not_text", file) from error


def _unreadable(code: str, file: object, **values: object) -> InputError:
    return InputError(*phrase("coverage", code, file=file, **values))
