"""The small values of which every page is made; a template only lays them out."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Lang: TypeAlias = Literal["ja", "en"]
LANGUAGES: tuple[Lang, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the language it is written in, so that a page can mark what is not in its own."""

    text: str
    lang: Lang = "ja"

    def __bool__(self) -> bool:
        return bool(self.text)


NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class Link:
    """A text that may lead somewhere."""

    text: Text
    page: str = ""
    """Address of a page within the language's own folder: ``programs/i1a.html``."""
    web: str = ""
    """An http or https address; nothing else ever becomes a link."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A word beside a value that says how far to trust it: 推定, 未確認, 当方の分類, 国."""

    kind: Literal["inferred", "unverified", "classified", "layer", "out"]
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell of a row: its heading and what it holds."""

    label: str
    items: tuple[Link, ...] = ()
    state: Literal["value", "no_limit", "not_recorded"] = "value"
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A count, the words for what it counts, and the page that lists exactly those rows."""

    value: int
    label: str
    page: str
    of: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has, whatever it shows."""

    template: str = "base.html"
    """The file of ``templates/`` that lays it out."""
    address: str
    """Within the language's own folder."""
    title: Text
    lead: str = ""
    """One line: what the page shows and how to read it."""
    trail: tuple[Link, ...] = ()
    """The pages above this one, outermost first."""
    scripts: tuple[str, ...] = ()
    """Scripts of ``assets/`` that this page needs beside the common one."""
    styles: tuple[str, ...] = ()
    """Style sheets of ``assets/`` that this page needs beside the common one."""
