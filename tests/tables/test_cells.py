"""One cell of every kind."""

from collections.abc import Callable

import pytest

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age
from hazama.model.concepts import Concept
from hazama.model.dates import Day
from hazama.tables import cells
from hazama.tables.cells import CellError, reader
from hazama.tables.columns import declaration
from hazama.tables.lookup import Labels, Lookup, Names

CERTIFICATES = {
    concept.id: concept
    for concept in (
        Concept("none", "certificate", "手帳なし", "No certificate"),
        Concept("physical", "certificate", "身体障害者手帳", "Physical", alt=("身障手帳", "手帳（身体）")),
        Concept("old_physical", "certificate", "旧身体", "Old", alt=("身障手帳",)),
    )
}


@pytest.fixture
def lookup() -> Lookup:
    names = Names()
    names.add("agencies", "sec", ["高齢福祉課"])
    names.add("sources", "s1", ["計画"])
    return Lookup({"certificate": Labels(CERTIFICATES), "needs": Labels({})}, names)


def value(lookup: Lookup, column: str, text: str) -> object:
    table = declaration()["programs"]
    found = table.column(column)
    assert found is not None
    return reader(found, table, lookup)(text)


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("certificate", "制限なし", NO_LIMIT),
        ("certificate", "no_limit", NO_LIMIT),
        ("certificate", "未確認", NOT_RECORDED),
        ("certificate", "不明", NOT_RECORDED),
        ("certificate", "physical;手帳なし;手帳なし", ("physical", "none")),
        ("certificate", "手帳(身体)；\n none", ("physical", "none")),
        ("certificate", ";", NOT_RECORDED),
        ("needs", "すべて", NO_LIMIT),
        ("needs", "all", NO_LIMIT),
        ("min_age", "制限なし", NO_LIMIT),
        ("min_age", "6", Age(6)),
        ("owner", "高齢福祉課;sec", ("sec",)),
        ("source", "計画;https://example.org/;city.example.jp/x", ("s1", "https://example.org/", "city.example.jp/x")),
        ("inferred", "年齢下限;OWNER", ("min_age", "owner")),
        ("since", "２０２２/４/1", Day("2022-04-01")),
        ("since", "2022年4月", Day("2022-04")),
        ("name", "そのまま ", "そのまま "),
    ],
)
def test_good_cells(lookup: Lookup, column: str, text: str, expected: object) -> None:
    assert value(lookup, column, text) == expected


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("certificate", "身障手帳", "ambiguous_concept"),
        ("certificate", "身体障碍手帳", "unknown_concept_near"),
        ("certificate", "制限なし;none", "mixed_limit"),
        ("certificate", "すべて", "unknown_concept"),
        ("min_age", "65際", "bad_age"),
        ("owner", "高齢者福祉課", "unknown_reference_near"),
        ("owner", "xyz", "unknown_reference"),
        ("source", "どこかの本", "unknown_source"),
        ("since", "2022-2-30", "impossible_day"),
        ("since", "2022/04-01", "bad_day"),
        ("inferred", "ない列", "unknown_column_name"),
    ],
)
def test_bad_cells(lookup: Lookup, column: str, text: str, code: str) -> None:
    with pytest.raises(CellError) as caught:
        value(lookup, column, text)
    assert caught.value.code == code
    assert caught.value.values["found"]


def test_a_near_miss_is_suggested_never_taken(lookup: Lookup) -> None:
    with pytest.raises(CellError) as caught:
        value(lookup, "owner", "高齢福祉か")
    assert caught.value.values["near"] == "高齢福祉課"


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (cells.whole_number, "1,234", 1234),
        (cells.whole_number, "０", 0),
        (cells.share, "15%", 0.15),
        (cells.share, "0.5", 0.5),
        (cells.share, "1", 1.0),
        (cells.identifier, "p-1.a_B", "p-1.a_B"),
        (cells.address, "https://例え.jp/x?a=b#c", "https://例え.jp/x?a=b#c"),
    ],
)
def test_plain_values(read: Callable[[str], object], text: str, expected: object) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (cells.whole_number, "-1"),
        (cells.whole_number, "1.5"),
        (cells.whole_number, "9" * 10),
        (cells.share, "101%"),
        (cells.share, "1.5"),
        (cells.share, "NaN"),
        (cells.identifier, ".."),
        (cells.identifier, "-x"),
        (cells.identifier, "a/b"),
        (cells.identifier, "x" * 101),
        (cells.identifier, "ａ"),
        (cells.address, "ftp://example.org/"),
        (cells.address, "https://"),
        (cells.address, "https://[bad"),
        (cells.address, "https://example.org/a b"),
        (cells.address, 'https://example.org/"><script>'),
    ],
)
def test_plain_values_that_cannot_be_read(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(CellError):
        read(text)
