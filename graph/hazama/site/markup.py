"""The smallest parts of a page as markup: texts, links, badges, places of rows.

They stand on every page hundreds of times, so they are functions; what is larger is a template.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from hazama.model.records import Row
from hazama.site.cells import Cells
from hazama.site.values import Badge, Lang, Link, Text

SIGN = "[々-ヺー-ヿ㐀-鿿！-｠]"
"""A Japanese sign, for regular expressions; not the dot between words, which English labels have too."""
_JAPANESE = re.compile(f"{SIGN}(?:[^A-Za-z;]*{SIGN})?")
"""A stretch of Japanese signs with the digits and spaces between them."""


def text(it: Text, lang: Lang) -> Markup:
    """A text, marked where it is not in the language of the page."""
    if it.lang == lang:
        return worded(it.text, lang)
    return Markup(f'<span lang="{it.lang}">{escape(it.text)}</span>')


def worded(said: str, lang: Lang) -> Markup:
    """Words in the language of the page; the Japanese in an English sentence is marked as such.

    >>> worded("art. 106-4 (2) イ", "en")
    Markup('art. 106-4 (2) <span lang="ja">イ</span>')
    """
    whole = escape(said)
    return (
        whole if lang == "ja" or said.isascii() else Markup(_JAPANESE.sub(r'<span lang="ja">\g<0></span>', str(whole)))
    )


def link(it: Link, lang: Lang, up: str) -> Markup:
    """A text with the page or the web address that it leads to, if any."""
    if not it.page and not it.web:
        return text(it.text, lang)
    address = f"{up}{escape(it.page)}" if it.page else escape(it.web)
    if it.text.lang == lang:
        return Markup(f'<a href="{address}">{worded(it.text.text, lang)}</a>')
    return Markup(f'<a href="{address}" lang="{it.text.lang}">{escape(it.text.text)}</a>')


def said(items: Iterable[Link], lang: Lang, up: str, comma: str) -> Markup:
    """Some links in one cell of a long table: what only the glossary explains is said without a link."""
    return escape(comma).join(
        text(item.text, lang) if item.page.startswith("words.html") else link(item, lang, up) for item in items
    )


def links(items: Iterable[Link], lang: Lang, up: str, comma: str) -> Markup:
    """Some links in one line."""
    return escape(comma).join(link(item, lang, up) for item in items)


def badges(items: Iterable[Badge]) -> Markup:
    """Badges in words."""
    return Markup("").join(_badge(badge) for badge in items)


def marks(items: Iterable[Badge]) -> Markup:
    """Badges of a cell in a table, where the frequent one is a sign that the table explains."""
    return Markup("").join(Markup("<sup>※</sup>") if each.kind == "classified" else _badge(each) for each in items)


def where(row: Row, cells: Cells, up: str) -> Markup:
    """The row, the numbers of its sources, and the place in the source."""
    lang = cells.words.lang
    numbers = (Markup(" ") + link(cells.reference(source), lang, up) for source in row.source)
    return escape(cells.row_name(row)) + Markup("").join(numbers) + locator(row, lang)


def locator(row: Row, lang: Lang) -> Markup:
    """The place in the source as the table says it, in Japanese."""
    return Markup(" ") + text(Text(f"〔{row.locator}〕"), lang) if row.locator else Markup("")


def _badge(badge: Badge) -> Markup:
    hint = f' title="{escape(badge.hint)}"' if badge.hint else ""
    return Markup(f' <b class="{badge.kind}"{hint}>{escape(badge.label)}</b>')
