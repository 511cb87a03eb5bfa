"""The text of an act in the e-Gov schema (法令標準XML), read without a network into provisions.

Law > LawBody > MainProvision > (Part, Chapter, Section …) > Article > Paragraph > Item > Subitem1 …;
https://laws.e-gov.go.jp/docs/law-data-basic/. Chapters do not number articles, so an element path leaves them out:
``MainProvision-Article_106_4-Paragraph_2-Item_1-Subitem1_1``, as in e-Gov's own addresses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import normalize
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hazama.model.errors import InputError
from hazama.resources import phrase

_LEVEL = re.compile(r"Article|Paragraph|Item|Subitem(?:[1-9]|10)")
_NUMBERED = re.compile(r"\d+(?:_\d+)*")
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ERAS = {"Meiji": 1868, "Taisho": 1912, "Showa": 1926, "Heisei": 1989, "Reiwa": 2019}
_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_KANJI = re.compile("[〇一二三四五六七八九十百千]+")


@dataclass(frozen=True, slots=True)
class Clause:
    """One article, paragraph, item or sub-item of the text."""

    element: str
    article: str
    paragraph: str = ""
    item: str = ""
    subitem: str = ""
    """The sign in front of it: イ, (1)."""
    caption: str = ""
    text: str = ""
    """All its words, those of its parts too: what rests on a paragraph rests on its items."""
    deleted: bool = False

    @property
    def parent(self) -> str:
        """The element path of what it is part of; blank for an article."""
        return self.element.rpartition("-")[0] if "-" in self.element.removeprefix("MainProvision-") else ""

    @property
    def hash(self) -> str:
        """A digest of its words, the same for the same words whatever their width and spaces."""
        words = "".join(normalize("NFKC", self.text).split())
        return sha256(words.encode()).hexdigest()[:16] if words else ""


@dataclass(frozen=True, slots=True)
class Statute:
    """An act as its file gives it."""

    title: str
    number: str
    """As an office writes it: 昭和26年法律第45号."""
    egov_id: str
    promulgated: str
    clauses: tuple[Clause, ...]


def statute(data: bytes, file: str) -> Statute:
    """The act in an XML file of e-Gov, with or without the envelope of its interface.

    Broken XML, a file that is no act and one that declares a document type raise InputError.
    """
    if _FORBIDDEN.search(data) or b"\0" in data:
        raise InputError(*_said("law_doctype", file))
    try:
        return _statute(ElementTree.fromstring(data), file)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise InputError(*_said("law_broken", file, message=str(error))) from error


def _statute(root: Element, file: str) -> Statute:
    law = root if root.tag == "Law" else next(root.iter("Law"), None)
    main = None if law is None else next(law.iter("MainProvision"), None)
    if law is None or main is None:
        raise InputError(*_said("law_not_a_law", file))
    clauses = tuple(clause for article in _articles(main) for clause in _clauses(article))
    return Statute(
        _text(next(law.iter("LawTitle"), None)),
        office_number(_text(law.find("LawNum"))),
        _text(next(root.iter("LawId"), None)) or _text(next(root.iter("law_id"), None)),
        _promulgated(law),
        clauses,
    )


def within(clause: Clause, first: str, last: str) -> bool:
    """Whether its article is one of those from *first* to *last*, both included: ``106_3`` to ``106_11``."""
    return _order(first) <= _order(clause.article.partition(":")[0]) <= _order(last)


def office_number(text: str) -> str:
    """A law number with its numerals as an office writes them.

    >>> office_number("昭和二十六年法律第四十五号"), office_number("令和一年法律第二号")
    ('昭和26年法律第45号', '令和元年法律第2号')
    """
    return re.sub(r"(?<!\d)1年", "元年", _KANJI.sub(lambda found: str(kanji_number(found[0])), text))


def kanji_number(text: str) -> int:
    """A number below ten thousand in Chinese numerals.

    >>> kanji_number("百二十三"), kanji_number("十"), kanji_number("二千")
    (123, 10, 2000)
    """
    total, digit = 0, None
    for sign in text:
        if sign in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[sign]
            digit = None
        else:
            digit = (digit or 0) * 10 + _DIGITS[sign]
    return total + (digit or 0)


def _articles(main: Element) -> Iterator[Element]:
    """The articles in the order of the text, however deep in parts and chapters; an act without articles is one."""
    found = list(main.iter("Article"))
    return iter(found or [main])


def _clauses(article: Element) -> Iterator[Clause]:
    number = article.get("Num", "") if article.tag == "Article" else ""
    path = f"MainProvision-Article_{number}" if number else "MainProvision"
    caption = _text(article.find("ArticleCaption")).strip("（）()")
    deleted = _is_deleted(article)
    if number:
        yield Clause(path, number, caption=caption, text=_text(article), deleted=deleted)
    if not deleted:
        place = Clause(path, number, caption=caption)
        for part in article:
            yield from _parts(part, place)


def _parts(element: Element, above: Clause) -> Iterator[Clause]:
    """The clause of an element, and those inside it."""
    if not _LEVEL.fullmatch(element.tag):
        return
    number = element.get("Num", "")
    clause = Clause(
        f"{above.element}-{element.tag}_{number}",
        above.article,
        number if element.tag == "Paragraph" else above.paragraph,
        number if element.tag == "Item" else above.item,
        above.subitem + _text(element.find(f"{element.tag}Title")) if element.tag.startswith("Subitem") else "",
        above.caption,
        _text(element),
        _is_deleted(element),
    )
    yield clause
    for part in element:
        yield from _parts(part, clause)


def _is_deleted(element: Element) -> bool:
    """Whether the text says 削除 in place of a rule, as a mark or in words."""
    if element.get("Delete") == "true":
        return True
    sentences = "".join(_text(one) for one in element.iter("Sentence")).strip()
    return sentences == "削除"


def _text(element: Element | None) -> str:
    """All words of an element; the readings set above words (Rt) are left out."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += ["" if child.tag == "Rt" else _text(child), child.tail or ""]
    return "".join(part.strip("\n\r\t ") for part in parts)


def _promulgated(law: Element) -> str:
    era, year = _ERAS.get(law.get("Era", "")), law.get("Year", "")
    month, day = law.get("PromulgateMonth", ""), law.get("PromulgateDay", "")
    if era and all(part.isdigit() for part in (year, month, day)):
        return f"{era + int(year) - 1}-{int(month):02}-{int(day):02}"
    return ""


def _order(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split("_"))) if _NUMBERED.fullmatch(number) else ()


def _said(code: str, file: str, **values: object) -> tuple[str, tuple[()], str]:
    ja, en = phrase("audits", code, file=file, **values)
    return ja, (), en
