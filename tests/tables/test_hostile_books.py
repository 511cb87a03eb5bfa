"""Workbooks made to break a reader: a clear answer that names the place, in bounded time and memory, nothing else."""

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from hazama.tables import check_files

SECONDS = 5
MEMORY = 512 * 2**20
CHECK = """
import socket, sys
def forbidden(*_): raise AssertionError("network")
socket.socket.connect = socket.getaddrinfo = forbidden
from hazama.cli import main
main()
"""
GOOD = Path(__file__).parents[1] / "cases" / "office" / "books"


def book(*rows: list[str], sheets: int = 1, **cells: str) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as made:
        for number in range(sheets):
            sheet = made.add_worksheet("事業" if number == 0 else f"x{number}")
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            for address, text in cells.items():
                sheet.write_string(address, text)
    return buffer.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part changed, or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in given.namelist():
            made.writestr(entry, change(given.read(entry)) if entry == name else given.read(entry))
        if name not in given.namelist():
            made.writestr(name, change(b""))
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
TABLE = (["id", "name"], ["p1", "x"])
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % ((98 + n,) + (97 + n,) * 8) for n in range(12)
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def repeated(rows: int, columns: int) -> bytes:
    """The good OpenDocument book with one cell repeated."""
    old = b"<table:table-cell "
    new = b'<table:table-cell table:number-columns-repeated="%d" office:value-type="string" ' % columns
    return changed(
        (GOOD / "office.ods").read_bytes(),
        "content.xml",
        lambda part: part.replace(old, new, 1).replace(
            b"<table:table-row ", b'<table:table-row table:number-rows-repeated="%d" ' % rows, 1
        ),
    )


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing": ("xlsx", lambda: b"", "hostile.xlsx"),
    "noise": ("xlsx", lambda: os.urandom(100_000), "hostile.xlsx"),
    "a zip of nothing": ("xlsx", lambda: changed(book(), "x", lambda _: b"x")[:200], "hostile.xlsx"),
    "no sheets": ("xlsx", lambda: changed(book(*TABLE), "xl/workbook.xml", lambda _: b"<workbook/>"), "hostile.xlsx"),
    "an empty book": ("xlsx", lambda: book(), "中身がありません"),
    "a far cell": ("xlsx", lambda: book(*TABLE, XFD1048576="x"), "XFD1048576"),
    "a far row": ("xlsx", lambda: book(*TABLE, A1048576="x"), "A1048576"),
    "an error in a cell": (
        "xlsx",
        lambda: changed(
            book(*TABLE), SHEET, lambda part: part.replace(b'r="B2" t="s"><v>3</v>', b'r="B2" t="e"><v>#REF!</v>')
        ),
        "B2",
    ),
    "a formula without value": (
        "xlsx",
        lambda: changed(book(*TABLE), SHEET, lambda part: part.replace(b'r="B2" t="s"><v>3</v>', b'r="B2"><f>1+1</f>')),
        "B2",
    ),
    "a bomb": (
        "xlsx",
        lambda: changed(
            book(*TABLE), SHEET, lambda part: part.replace(b"</sheetData>", b" " * 300_000_000 + b"</sheetData>")
        ),
        "hostile.xlsx",
    ),
    "many parts": (
        "xlsx",
        lambda: b"".join([_many_parts()]),
        "hostile.xlsx",
    ),
    "a thousand sheets": ("xlsx", lambda: book(*TABLE, sheets=1000), "シートが多すぎます"),
    "a billion laughs": (
        "xlsx",
        lambda: changed(
            book(*TABLE),
            SHEET,
            lambda part: ENTITIES + b"]>" + part.split(b"?>", 1)[1].replace(b"<v>3</v>", b"<v>&m;</v>"),
        ),
        "",
    ),
    "an entity from outside": (
        "xlsx",
        lambda: changed(
            book(*TABLE),
            "xl/sharedStrings.xml",
            lambda part: OUTSIDE + part.split(b"?>", 1)[1].replace(b"<t>x</t>", b"<t>&a;</t>"),
        ),
        "",
    ),
    "a part outside the folder": ("xlsx", lambda: changed(book(*TABLE), "../../evil.txt", lambda _: b"evil"), "0 件"),
    "macros": ("xlsm", lambda: changed(book(*TABLE), "xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0" * 99), "0 件"),
    "a link to another book": (
        "xlsx",
        lambda: changed(
            book(*TABLE),
            SHEET,
            lambda part: part.replace(b'r="B2" t="s"><v>3</v>', b'r="B2" t="str"><f>[1]x!A1</f><v>k</v>'),
        ),
        "0 件",
    ),
    "script in a name": ("xlsx", lambda: book(["id", "name"], ["p1", "<script>alert(1)</script>=cmd|x"]), "0 件"),
    "a query as id": ("xlsx", lambda: book(["id", "name"], ["x> ?s ?p ?o . <y", "x"]), "2行目「ID」"),
    "a path as id": ("xlsx", lambda: book(["id", "name"], ["../../etc/passwd", "x"]), "2行目「ID」"),
    "the same id in full width": ("xlsx", lambda: book(["id", "name"], ["p1", "x"], ["ｐ１", "y"]), "3行目「ID」"),
    "an old workbook cut short": ("xls", lambda: (GOOD / "office.xls").read_bytes()[:3000], "hostile.xls"),
    "an old workbook of noise": ("xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(9000), "hostile.xls"),
    "a locked book": ("xlsx", lambda: (GOOD.parent / "locked.xlsx").read_bytes(), "パスワード"),
    "headings and no row": ("xlsx", lambda: book(["id", "name"]), "0 件"),
    "a cell a million times": ("ods", lambda: repeated(1_000_000, 1_000), "hostile.ods"),
    "a sheet without end": ("ods", lambda: repeated(1_048_576, 16_384), "hostile.ods"),
}


def _many_parts() -> bytes:
    buffer = io.BytesIO(book(*TABLE))
    with zipfile.ZipFile(buffer, "a") as made:
        for number in range(3000):
            made.writestr(f"xl/media/{number}.png", b"")
    return buffer.getvalue()


def test_a_sheet_of_one_row_is_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "町 の表.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("事業").write_row(0, 0, ["id", "name"])
        made.add_worksheet("メモ").write(0, 0, "あとで消す")
    assert [(entry.code, entry.sheet) for entry in check_files([path]).violations] == [("unknown_file", "メモ")]


def limited() -> None:
    """Time and memory of the child."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.parametrize(("ending", "make", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_workbook_is_answered(tmp_path: Path, ending: str, make: Callable[[], bytes], said: str) -> None:
    path = tmp_path / f"hostile.{ending}"
    path.write_bytes(make())
    before = {file: file.read_bytes() for file in tmp_path.rglob("*")}
    copy = tmp_path / "印 付き.xlsx"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", CHECK, "check", str(path), "--mark", str(copy)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        preexec_fn=limited,
        cwd=tmp_path,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"},
        timeout=60,
    )
    assert done.returncode in (0, 3), done.stderr[-500:]
    assert "Traceback" not in done.stderr
    assert "root:" not in done.stdout + done.stderr, "a file of this machine was read"
    assert said in done.stdout + done.stderr
    assert (done.returncode == 0) == ("誤り 0 件" in done.stderr)
    after = {file: file.read_bytes() for file in tmp_path.rglob("*")}
    assert after.pop(copy).startswith(b"PK")
    assert after == before
