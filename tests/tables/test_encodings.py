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
    ],
)
def test_known_encodings(data: bytes, name: str) -> None:
    assert encoding(data) == name


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"id\0", "binary_file", 0),
        ("名称\n".encode("utf-16"), "binary_file", 0),
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
