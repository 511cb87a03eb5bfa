"""What a test reads out of a published page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})


@dataclass
class Seen(HTMLParser):
    """Elements, attributes and texts of one page."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Text with the element around it."""
    _open: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._open, data.strip()))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of that name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def attributes(self) -> Iterator[tuple[str, str | None]]:
        """Every attribute of every element."""
        return (pair for _, attributes in self.tags for pair in attributes.items())


def seen(path: Path) -> Seen:
    """Read one page."""
    page = Seen()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def kinds(site: Path) -> list[str]:
    """One address of every kind of page, in both languages."""
    tops = sorted(path.name for path in site.glob("*.html"))
    folders = sorted({path.parent.relative_to(site) for path in site.glob("*/*.html")} - {Path("en")})
    leaves = [max((site / folder).glob("*.html"), key=_size).relative_to(site).as_posix() for folder in folders]
    return [f"{lang}{address}" for lang in ("", "en/") for address in (*tops, *leaves)]


def _size(path: Path) -> tuple[int, str]:
    return path.stat().st_size, path.name
