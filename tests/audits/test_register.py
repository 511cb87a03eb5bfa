"""The register: states of a finding, edits that touch one row only, and writers that wait for each other."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazama.audits import REGISTER, Record, decide, read_register, solved, state
from hazama.audits.register import _edited, locked
from hazama.model.errors import InputError, UsageError
from hazama.model.findings import Finding

DAY = date(2024, 4, 1)


def finding(about: str) -> Finding:
    return Finding(
        group="law",
        audit="duty",
        severity="high",
        subjects=(about,),
        sentences=("文", "text"),
        next_steps=("次", "next"),
    )


ONE = finding("provisions/a")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (None, "new"),
        (Record(ONE.id, "accepted", until="2024-04-01"), "accepted"),
        (Record(ONE.id, "accepted", until="2024-03-31"), "returned"),
        (Record(ONE.id, "accepted", until="2024"), "accepted"),
        (Record(ONE.id, "planned", until="2025-03"), "planned"),
        (Record(ONE.id, "planned", until="2024-03"), "returned"),
        (Record(ONE.id, "closed"), "reopened"),
    ],
)
def test_states(record: Record | None, expected: str) -> None:
    assert state(ONE, {record.finding: record} if record else {}, DAY) == expected


def test_without_a_date_nothing_is_due() -> None:
    assert state(ONE, {ONE.id: Record(ONE.id, "accepted", until="2001")}, None) == "accepted"


def test_what_is_there_no_more_is_solved() -> None:
    records = {id: Record(id, "accepted") for id in ("z", ONE.id, "a")}
    assert [one.finding for one in solved([ONE], records)] == ["a", "z"]


def test_a_town_without_a_register_has_no_records(tmp_path: Path) -> None:
    assert read_register(tmp_path) == {}


def test_a_decision_is_read_back(tmp_path: Path) -> None:
    record = Record(
        ONE.id, "planned", "来年度に予算化, 「見守り」\n二行目", "福祉課", "2024-04-01", "2025-03-31", "mimamori"
    )
    decide(tmp_path, record)
    assert read_register(tmp_path) == {ONE.id: record}
    decide(tmp_path, Record(ONE.id, "closed", on="2025-04-01"))
    assert read_register(tmp_path) == {ONE.id: Record(ONE.id, "closed", on="2025-04-01")}


BEFORE = (
    b"\xef\xbb\xbffinding,decision,reason,extra\r\n"
    b'a,accepted,"x, ""y""\r\nz",keep\r\n'
    b"b ,closed,  odd  spacing ,\r\n"
    b"c,accepted,c,last"
)


def test_other_rows_stay_byte_for_byte() -> None:
    after = _edited(BEFORE, Record("b", "accepted", "neu"))
    assert after == BEFORE.replace(b"b ,closed,  odd  spacing ,\r\n", b"b,accepted,neu,\r\n")


def test_a_new_row_ends_the_last_line_first() -> None:
    after = _edited(BEFORE, Record("d", "closed", "q"))
    assert after == BEFORE + b"\r\nd,closed,q,\r\n"


@settings(deadline=None)
@given(st.lists(st.text('ab,"\n あ', max_size=6), min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_rows_of_any_text_stay(reasons: list[str], ending: str) -> None:
    data = b""
    for n, reason in enumerate(reasons):
        data = _edited(data, Record(f"f{n}", "accepted", reason))
    data = data if ending == "\n" else data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    again = _edited(data, Record("f0", "closed", "edited"))
    assert again.endswith(data[data.index(b"f1,") :] if len(reasons) > 1 else b"")
    assert again.count(b"f0,") == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("finding,decision\na,maybe\n", "maybe"),
        ("finding,decision\n,closed\n", "finding"),
        ("finding,decision\na,closed\na,closed\n", "row 3"),
        ("finding,decision,until\na,accepted,soon\n", "soon"),
    ],
)
def test_a_bad_register_names_its_cell(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / REGISTER).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_register(tmp_path)
    assert REGISTER in error.value.sentence("ja") and words in error.value.sentence("en")


def test_a_register_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / REGISTER).write_bytes("finding,decision\nあ,closed\n".encode("cp932"))
    with pytest.raises(InputError):
        read_register(tmp_path)


def test_an_impossible_decision_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        decide(tmp_path, Record("a", "accepted", until="2024-02-30"))
    assert list(tmp_path.iterdir()) == []


WRITER = """
import sys
from pathlib import Path
from hazama.audits import Record, decide
for n in range(25):
    decide(Path(sys.argv[1]), Record(f"{sys.argv[2]}{n}", "accepted", "理由"))
"""


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name]) for name in "xy"]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert sorted(read_register(tmp_path)) == sorted(f"{name}{n}" for name in "xy" for n in range(25))


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path) -> None:
    path = tmp_path / REGISTER
    with locked(path), pytest.raises(UsageError) as error, locked(path, patience=0.05):
        pass
    assert REGISTER in error.value.sentence("en")


def test_a_lock_is_free_again(tmp_path: Path) -> None:
    with locked(tmp_path / REGISTER):
        pass
    with locked(tmp_path / REGISTER, patience=0):
        assert (tmp_path / f".{REGISTER}.lock").exists()
