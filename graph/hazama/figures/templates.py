"""The figures a town can draw: each a question put to its tables and a template that names and words the answer.

Templates are TOML files. Those in the folder ``templates`` beside this module serve every town; a town adds its own, or
replaces one of the same name, in its folder ``figures``. The docstring of each question lists its options. A template
that is ``like`` another, read before it, says only what differs.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from hazama.figures.scene import Area
from hazama.knowledge.labels import Label
from hazama.model.errors import UsageError
from hazama.resources import phrase

Option = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """One figure's name, question, words and choices; the title of a zone, if it has one, is the text ``zone/<id>``."""

    figure: str
    question: str
    order: int
    title: Label
    description: Label
    zones: tuple[Area, ...] = ()
    words: tuple[tuple[str, Label], ...] = ()
    texts: Mapping[str, Label] = field(default_factory=dict)
    options: Mapping[str, Option] = field(default_factory=dict)

    def strings(self, option: str) -> tuple[str, ...]:
        """Return an option that is a list; empty if the template does not set it."""
        value = self.options.get(option, ())
        return value if isinstance(value, tuple) else (str(value),)

    def number(self, option: str, default: int) -> int:
        """Return an option that is a whole number."""
        value = self.options.get(option, default)
        return value if isinstance(value, int) else default


def templates(folder: Path | None = None) -> dict[str, Template]:
    """Return every template by figure name, in the order they are shown; ``folder`` is a town's own ``figures``."""
    given: dict[str, dict[str, Any]] = {}
    found: dict[str, Template] = {}
    for place in (files("hazama.figures") / "templates", *([folder] if folder and folder.is_dir() else [])):
        for path in sorted(place.iterdir(), key=lambda path: path.name):
            if path.name.endswith(".toml"):
                read = _read(path, given)
                found[read.figure] = read
    return dict(sorted(found.items(), key=lambda pair: (pair[1].order, pair[0])))


def template(figure: str, folder: Path | None = None) -> Template:
    """Return one template; UsageError that lists the others if there is none of this name."""
    known = templates(folder)
    if figure not in known:
        raise UsageError(*phrase("figures", "unknown_figure", figure=figure, known="、".join(known)))
    return known[figure]


def _read(path: Traversable, given: dict[str, dict[str, Any]]) -> Template:
    """Return the template of a file; ``given`` holds what the files before it say, and then what this one says."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        like = given[said["like"]] if "like" in said else {}
        said = like | said | {part: like.get(part, {}) | said.get(part, {}) for part in ("texts", "options")}
        given[said["figure"]] = said
        return _template(said)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise UsageError(*phrase("figures", "bad_template", file=path.name, found=error)) from error


def _template(given: dict[str, Any]) -> Template:
    zones = given.get("zones", ())
    titles = {f"zone/{zone['id']}": _label(zone) for zone in zones if "ja" in zone}
    return Template(
        figure=given["figure"],
        question=given["question"],
        order=given.get("order", 999),
        title=_label(given["title"]),
        description=_label(given.get("description", given["title"])),
        zones=tuple(_zone({"column": place, **zone}) for place, zone in enumerate(zones)),
        words=tuple((word["kind"], _label(word)) for word in given.get("words", ())),
        texts=titles | {name: _label(text) for name, text in given["texts"].items()},
        options={name: tuple(value) if isinstance(value, list) else value for name, value in given["options"].items()},
    )


def _zone(given: dict[str, Any]) -> Area:
    return Area(title="", **{name: given[name] for name in ("id", "column", "row", "span", "columns") if name in given})


def _label(given: dict[str, Any]) -> Label:
    return Label(given["ja"], given.get("en", ""))
