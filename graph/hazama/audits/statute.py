"""The text of an act in the e-Gov schema (法令標準XML), read without a network, against the town's tables.

Law > LawBody > MainProvision > (Part, Chapter, Section …) > Article > Paragraph > Item > Subitem1 …;
https://laws.e-gov.go.jp/docs/law-data-basic/. Chapters do not number articles, so an element path leaves them out:
``MainProvision-Article_106_4-Paragraph_2-Item_1-Subitem1_1``, as in e-Gov's own addresses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal, TypeAlias
from unicodedata import normalize, numeric
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hazama.audits.ledger import Carriers
from hazama.model.errors import InputError, UsageError
from hazama.model.records import Law, Provision
from hazama.model.town import Municipality
from hazama.resources import phrase

Change: TypeAlias = Literal["new", "same", "changed", "unhashed", "deleted", "gone"]
"""Against the row of the table: none yet, the same words, other words, words never compared,
削除, no longer in the text."""

_LEVEL = re.compile(r"Article|Paragraph|Item|Subitem(?:[1-9]|10)")
_NUMBERED = re.compile(r"\d+(?:_\d+)*")
_SPAN = re.compile(r"(\d+(?:_\d+)*)(?:-(\d+(?:_\d+)*))?")
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)|\0")
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
_ERAS = {"Meiji": 1868, "Taisho": 1912, "Showa": 1926, "Heisei": 1989, "Reiwa": 2019}
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

    def within(self, first: str, last: str) -> bool:
        """Whether its article is one of those from *first* to *last*, both included; blank for all."""
        return not first or _order(first) <= _order(self.article.partition(":")[0]) <= _order(last)


@dataclass(frozen=True, slots=True)
class Statute:
    """An act as its file gives it."""

    title: str
    number: str
    """As an office writes it: 昭和26年法律第45号."""
    egov_id: str
    promulgated: str
    clauses: tuple[Clause, ...]

    def row(self, town: Municipality) -> Law | None:
        """The act's row, by the id that e-Gov gave it or by its number."""
        by_id = [one for one in town.laws if self.egov_id and one.egov_id == self.egov_id]
        by_number = [one for one in town.laws if self.number and one.number == self.number]
        return next(iter(by_id + by_number), None)

    def id(self, town: Municipality) -> str:
        """The id of the act's row, or one that it can get."""
        row = self.row(town)
        return row.id if row else _safe(self.egov_id or self.number or self.title)


@dataclass(frozen=True, slots=True)
class Reading:
    """One provision of the text with its row."""

    id: str
    law: str
    parent: str
    clause: Clause
    change: Change
    resting: tuple[str, ...]
    """Programmes and bodies to check again, as ``table/id``; none while the words are the same."""


def statute(data: bytes, file: str) -> Statute:
    """The act in an XML file of e-Gov, with or without the envelope of its interface.

    Broken XML, a file that is no act and one that declares a document type raise InputError.
    """
    if _FORBIDDEN.search(data):
        raise _refused("law_doctype", file)
    try:
        root = ElementTree.fromstring(data)
        law = root if root.tag == "Law" else next(root.iter("Law"), None)
        main = None if law is None else next(law.iter("MainProvision"), None)
        if law is None or main is None:
            raise _refused("law_not_a_law", file)
        articles = list(main.iter("Article")) or [main]  # an act without articles is one
        return Statute(
            _text(next(law.iter("LawTitle"), None)),
            office_number(_text(law.find("LawNum"))),
            _text(next(root.iter("LawId"), None)) or _text(next(root.iter("law_id"), None)),
            _promulgated(law),
            tuple(clause for article in articles for clause in _clauses(article)),
        )
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise _refused("law_broken", file, message=str(error)) from error


def readings(town: Municipality, text: Statute, law: str = "", articles: str = "") -> list[Reading]:
    """The provisions of the text in its order, then the rows of the table that it no longer has.

    *law* is the id of the act where its number does not find it; *articles* a span such as
    ``106_3-106_11``.
    """
    act, carriers = law or text.id(town), Carriers(town)
    span = _SPAN.fullmatch(articles)
    if articles and not span:
        raise UsageError(*phrase("audits", "law_span", text=articles))
    first, last = (span[1], span[2] or span[1]) if span else ("", "")
    rows = {one.element: one for one in town.provisions if one.law == act and one.element}
    clauses = [one for one in text.clauses if one.within(first, last)]
    new = {one.element: _safe(f"{act}-{one.element.removeprefix('MainProvision-')}") for one in clauses}
    ids = {element: rows[element].id if element in rows else id for element, id in new.items()}

    def reading(id: str, parent: str, clause: Clause, change: Change) -> Reading:
        resting = carriers.resting([id]) if change in ("changed", "deleted", "gone") else []
        return Reading(id, act, parent, clause, change, tuple(map("/".join, resting)))

    found = [
        reading(ids[one.element], ids.get(one.parent, ""), one, _change(one, rows.get(one.element))) for one in clauses
    ]
    for element, row in rows.items():
        clause = Clause(element, row.article, row.paragraph, row.item, row.subitem, row.heading, deleted=True)
        if element not in ids and clause.within(first, last):
            found.append(reading(row.id, row.parent, clause, "gone"))
    return found


def law_record(town: Municipality, text: Statute, law: str = "") -> dict[str, str]:
    """The row of the act in the columns of laws.csv; what the table has and the text has not is kept."""
    row = text.row(town)
    return {
        "id": law or text.id(town),
        "name": text.title,
        "short": row.short if row else "",
        "kind": row.kind if row else "act",
        "number": text.number,
        "promulgated": text.promulgated,
        "egov_id": text.egov_id or (row.egov_id if row else ""),
        "url": row.url if row else "",
    }


def provision_record(reading: Reading) -> dict[str, str]:
    """The row of a provision in the columns of provisions.csv. The summary is for people to write."""
    clause = reading.clause
    place = {name: getattr(clause, name) for name in ("article", "paragraph", "item", "subitem", "element")}
    named = {"id": reading.id, "law": reading.law, "parent": reading.parent}
    return {**named, **place, "heading": clause.caption, "hash": clause.hash}


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
    total, digits = 0, ""
    for value in (int(numeric(sign)) for sign in text):
        if value < 10:
            digits += str(value)
        else:
            total, digits = total + int(digits or 1) * value, ""
    return total + int(digits or 0)


def _change(clause: Clause, row: Provision | None) -> Change:
    if clause.deleted:
        return "deleted"
    if row is None:
        return "new"
    if not row.hash:
        return "unhashed"
    return "same" if row.hash == clause.hash else "changed"


def _clauses(article: Element) -> Iterator[Clause]:
    number = article.get("Num", "") if article.tag == "Article" else ""
    path = f"MainProvision-Article_{number}" if number else "MainProvision"
    place = Clause(path, number, caption=_text(article.find("ArticleCaption")).strip("（）()"))
    deleted = _is_deleted(article)
    if number:
        yield replace(place, text=_text(article), deleted=deleted)
    for part in () if deleted else article:
        yield from _parts(part, place)


def _parts(element: Element, above: Clause) -> Iterator[Clause]:
    """The clause of an element, and those inside it."""
    tag, number = element.tag, element.get("Num", "")
    if not _LEVEL.fullmatch(tag):
        return
    clause = Clause(
        f"{above.element}-{tag}_{number}",
        above.article,
        number if tag == "Paragraph" else above.paragraph,
        number if tag == "Item" else above.item,
        above.subitem + (_text(element.find(f"{tag}Title")) if tag.startswith("Subitem") else ""),
        above.caption,
        _text(element),
        _is_deleted(element),
    )
    yield clause
    for part in element:
        yield from _parts(part, clause)


def _is_deleted(element: Element) -> bool:
    """Whether the text says 削除 in place of a rule, as a mark or in words."""
    words = "".join(_text(one) for one in element.iter("Sentence")).strip()
    return element.get("Delete") == "true" or words == "削除"


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


def _safe(text: str) -> str:
    return _UNSAFE.sub(".", text).strip(".") or "law"


def _refused(code: str, file: str, **values: object) -> InputError:
    return InputError(*phrase("audits", code, file=file, **values))
