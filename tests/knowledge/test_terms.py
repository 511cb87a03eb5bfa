from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat
from pyoxigraph import parse as read
from rdflib import Graph, Literal

from hazama.knowledge import terms
from hazama.model.dates import Day

DIFFICULT = 'a"b\\c\nd\re\tf\x00\x7f\u0085\u2028狭間😀'


def _read(object_: str) -> object:
    line = f"<https://example.org/s> <https://example.org/p> {object_} .\n"
    return next(iter(read(line.encode(), RdfFormat.N_TRIPLES))).object


@given(st.text())
def test_a_literal_comes_back_as_it_was(text: str) -> None:
    assert terms.parts(terms.literal(text)) == (text, "", "")
    assert _read(terms.literal(text)).value == text  # type: ignore[attr-defined]


@given(st.text(), st.sampled_from(["ja", "en", "ja-Hrkt"]))
def test_text_keeps_its_language(words: str, lang: str) -> None:
    assert terms.parts(terms.text(words, lang)) == (words, lang, "")


def test_rdflib_reads_the_same_difficult_text() -> None:
    line = f"<https://example.org/s> <https://example.org/p> {terms.text(DIFFICULT, 'ja')} .\n"
    (object_,) = Graph().parse(data=line, format="nt").objects()
    assert object_ == Literal(DIFFICULT, lang="ja")


@given(st.text())
def test_an_address_is_always_an_iri_that_a_reader_accepts(text: str) -> None:
    made = terms.iri("https://example.org/" + text)
    assert _read(made).value == terms.address(made)  # type: ignore[attr-defined]


@given(st.floats(min_value=0, max_value=1, allow_subnormal=True))
def test_a_share_keeps_every_digit(share: float) -> None:
    text, _, datatype = terms.parts(terms.decimal(share))
    assert float(text) == share
    assert "e" not in text.lower()
    assert datatype.endswith("#decimal")


def test_a_day_is_as_exact_as_it_was_written() -> None:
    datatypes = [terms.parts(terms.day(Day(text))).datatype for text in ("2022", "2022-04", "2022-04-01")]
    assert [datatype.rpartition("#")[2] for datatype in datatypes] == ["gYear", "gYearMonth", "date"]
