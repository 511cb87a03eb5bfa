"""Which encoding a file has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazama.tables.encodings import DecodingError, encoding


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"id,name\n", "utf-8-sig"),
        ("名称,𠮷野家\n".encode(), "utf-8-sig"),
        ("名称\n".encode("utf-8-sig"), "utf-8-sig"),
        ("名称,髙﨑①\n".encode("cp932"), "cp932"),
        ("ﾌｸｼ課\n".encode("cp932"), "cp932"),
        ("ﾌｸｼ課,ｻｰﾋﾞｽ,ﾃﾞｲｻｰﾋﾞｽｾﾝﾀｰ\n".encode("cp932"), "cp932"),
        ("事業の名称,わたしたちのまち\n".encode("euc_jp"), "euc_jp"),
        ("id,name\na1,福祉課\n".encode("euc_jp"), "euc_jp"),
        ("番号,事業名,所管\n1,長寿ｻﾛﾝ,高齢課\n".encode("euc_jp"), "euc_jp"),
        ("id,name\na1,ﾃﾞｲｻｰﾋﾞｽ\na2,ｻﾛﾝ\n".encode("cp932"), "cp932"),
        ("福祉総務課のしごと,髙齢者ではない高齢者\n".encode("euc_jp", "replace"), "euc_jp"),
        ("名称,福祉課\n".encode("iso2022_jp"), "iso2022_jp_ext"),
        ("名称,𠮷野家\n".encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + "名称\n".encode("utf-16-be"), "utf-16"),
    ],
)
def test_known_encodings(data: bytes, name: str) -> None:
    assert encoding(data) == name


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"id\0", "binary_file", 0),
        ("名称\n".encode("utf-16-le"), "binary_file", 0),
        (b"id\n\xff\xfe\n", "unknown_encoding", 2),
        (b"id\n\n\x81", "unknown_encoding", 3),
        ("ひらがな\n".encode() + "漢字\n".encode("cp932"), "mixed_encoding", 2),
        ("漢字\n".encode("cp932") + "カタカナ\n".encode(), "mixed_encoding", 1),
    ],
)
def test_what_cannot_be_read_says_why_and_where(data: bytes, code: str, line: int) -> None:
    with pytest.raises(DecodingError) as caught:
        encoding(data)
    assert (caught.value.code, caught.value.line) == (code, line)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff")))
def test_utf8_is_always_taken_for_utf8(text: str) -> None:
    assert text.encode().decode(encoding(text.encode())) == text
