from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from hazama.model.records import Demand, Row
from hazama.model.town import Municipality, rows_by_id
from hazama.site.edition import Edition
from hazama.site.public import public
from hazama.site.publish import publish
from tests.towns import small_town

SECRET = "もらしてはならない"


def marked(row: Row, **changes: Any) -> Row:
    """The row as an internal one, the secret in its words."""
    words: dict[str, Any] = {
        name: SECRET for name in ("name", "name_en", "statement", "description", "note") if hasattr(row, name)
    }
    return replace(row, extra={"庁内限り": "○"}, **words, **changes)


def with_internal(table: str, id: str) -> Municipality:
    """みなと町 with one row marked internal, and an internal column on every other row."""
    tables: dict[str, Any] = {
        name: tuple(
            marked(row)
            if (name, getattr(row, "id", "")) == (table, id)
            else replace(row, extra={"internal_phone": SECRET, "備考2": "みせてよい"})
            for row in rows
        )
        for name, rows in small_town().tables()
    }
    return replace(small_town(), **tables)


def every_byte(folder: Path) -> bytes:
    """All files of a folder, zips unpacked."""
    found = b""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".zip", ".xlsx", ".pptx"):
            with ZipFile(path) as archive:
                found += b"".join(archive.read(name) for name in archive.namelist())
        elif path.is_file():
            found += path.read_bytes()
    return found


@pytest.mark.parametrize("key", [key for key in rows_by_id(small_town()) if key[0] != "laws"], ids="/".join)
def test_nothing_names_an_internal_row(key: tuple[str, str]) -> None:
    town = with_internal(*key)
    seen = public(town)
    assert key not in rows_by_id(seen) and SECRET not in repr(seen)
    assert rows_by_id(seen).keys() <= rows_by_id(town).keys() - {key}
    if key[1] not in {id for _, id in rows_by_id(seen)}:
        named = [row for _, rows in seen.tables() for row in rows if f"'{key[1]}'" in repr(row)]
        assert named == []


def test_nothing_internal_stands_in_any_byte_of_the_site(tmp_path: Path) -> None:
    table, id = "programs", "visit"
    whole = publish(with_internal(table, id), tmp_path / "whole").folder
    site = publish(
        public(with_internal(table, id)), tmp_path / "site", edition=Edition(base="https://a.example")
    ).folder
    assert SECRET.encode() in every_byte(whole), "the test can fail"
    assert SECRET.encode() not in every_byte(site)
    assert not (site / "programs" / "visit.html").exists() and not (site / "programs" / "visit.ttl").exists()
    assert "みせてよい".encode() in every_byte(site)


def test_counts_of_few_people_are_not_recorded() -> None:
    origin = small_town().programs[0].origin
    rows = tuple(Demand(origin=origin, people=people) for people in (0, 9, 10, 500))
    assert [row.people for row in public(replace(small_town(), demand=rows)).demand] == [None, None, 10, 500]
    assert [row.people for row in public(replace(small_town(), demand=rows), few=600).demand] == [None] * 4
