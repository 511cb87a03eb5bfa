"""The search of the site: its records, its data file, and in Python what ``assets/search.js`` does in the browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from re import split

from hazama.figures.interactive.page import json_text
from hazama.model.concepts import Concept
from hazama.model.names import DROPPED, SPELLINGS, normalised
from hazama.model.records import Law, Provision
from hazama.site.desk import Desk
from hazama.site.ground import CLASSES, ENTITIES, Key

WORDS = "words"
"""Every concept without a page of its own."""
KINDS = (*ENTITIES, *CLASSES, WORDS)
_SPOKEN = ("name_en", "reading", "description", "summary", "target", "scope", "statement_en", "heading", "short", "hub")


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One page that can be found, with everything it can be found by."""

    kind: str
    page: str
    ja: str
    en: str
    """Empty where it is the Japanese one."""
    form: str
    """Every name and text, normalised, a line each."""


def search_records(ja: Desk, en: Desk) -> Iterator[SearchRecord]:
    """A record for every row and concept that has a page, in the order of the pages."""
    for key, page in ja.ground.pages.items():
        japanese, english = ja.names.of(key).text, en.names.of(key).text
        texts = dict.fromkeys(map(normalised, (*_derived(page, japanese, english), *filter(None, _texts(ja, key)))))
        kind = key[0] if key[0] in KINDS else WORDS
        yield SearchRecord(kind, page, japanese, english if english != japanese else "", "\n".join(texts))


def matches(record: SearchRecord, query: str) -> bool:
    """Whether every word of the query stands in one of the record's texts; the script does the same.

    >>> matches(SearchRecord("programs", "", "", "", normalised("ひきこもり相談")), "ヒキコモリ 相談")
    True
    """
    words = [form for form in map(normalised, query.split()) if form]
    return bool(words) and all(word in record.form for word in words)


def data_script(ja: Desk, en: Desk, takes: Callable[[str], bool] = lambda page: True) -> str:
    """The text of ``assets/data.js``: one classic script that sets one global, a record a line, of the pages taken."""
    head = {
        "spellings": SPELLINGS,
        "dropped": DROPPED,
        "kinds": [[kind, _title(ja, kind), _title(en, kind)] for kind in KINDS],
    }
    records = ",\n".join(
        json_text([KINDS.index(each.kind), each.page, each.ja, each.en, _beyond_names(each)])
        for each in search_records(ja, en)
        if takes(each.page)
    )
    return f'var hazama = {json_text(head)[:-1]}, "records": [\n{records}\n]}};\n'


def _derived(page: str, ja: str, en: str) -> tuple[str, ...]:
    """What the script makes of a record itself: its names, the Japanese one without its first 第, its place."""
    return ja, en, ja.replace("第", "", 1), split(r"[/#]", page.removesuffix(".html"))[-1]


def _beyond_names(record: SearchRecord) -> str:
    """The lines of the form that the script cannot make itself."""
    derived = set(map(normalised, _derived(record.page, record.ja, record.en)))
    return "\n".join(line for line in record.form.split("\n") if line not in derived)


def _title(desk: Desk, kind: str) -> str:
    return desk.words("nav_words") if kind == WORDS else desk.table_title(kind)


def _texts(desk: Desk, key: Key) -> Iterator[str]:
    row = desk.ground.rows.get(key)
    if row is None:
        yield from _concept_texts(desk.ground.whole.schemes[key[0]][key[1]])
        return
    yield key[1]
    yield from getattr(row, "alt", ())
    yield from (getattr(row, name, "") for name in _SPOKEN)
    if isinstance(row, Provision):
        yield from _citations(desk, row)


def _concept_texts(concept: Concept) -> Iterator[str]:
    yield from (concept.ja, concept.reading, concept.definition_ja, *concept.alt)


def _citations(desk: Desk, row: Provision) -> Iterator[str]:
    """A provision as people type it: the law by each of its names, then the article without 第."""
    law = desk.ground.rows.get(("laws", row.law))
    if isinstance(law, Law) and row.article:
        place = desk.names.directory.label("provisions", row.id).ja.removeprefix(law.name).removeprefix("第")
        yield from (f"{name}{place}" for name in (law.name, law.short) if name)
