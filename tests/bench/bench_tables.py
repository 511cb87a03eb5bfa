"""CSV tables to a checked town: CPU seconds and memory beyond what the interpreter takes.

``python -m tests.bench.bench_tables [PROGRAMMES …]`` prints a Markdown table.
"""

import csv
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import process_time

import xlsxwriter

from hazama import tables

BOOK_LIMIT, BOOK_MEGABYTES = 15.0, 600
"""Seconds and memory that 20,000 programmes in a workbook may take."""
LIMIT = 4.0
"""CPU seconds that 20,000 programmes may take."""
HEADINGS = (
    "id,name,description,owner,needs,functions,field,reach,min_age,max_age,certificate,residence,source,since,note"
)
REST = "すべて,相談;参加,高齢,専用,65,制限なし,手帳なし;療育手帳,市内在住,https://example.org/x,2022-04,備考"


def town_folder(folder: Path, programmes: int) -> Path:
    """A town of 300 agencies and so many programmes, each with one eligibility box."""
    agencies = "".join(f"a{n},部署{n}課\n" for n in range(300))
    lines = "".join(f"p{n},事業{n},{f'説明{n}。' * 10},部署{n % 300}課,{REST}\n" for n in range(programmes))
    (folder / "town.toml").write_text('name = "町"\nbase = "https://example.org/t/"\n', encoding="utf-8")
    (folder / "agencies.csv").write_text("id,name\n" + agencies, encoding="utf-8")
    (folder / "programs.csv").write_text(f"{HEADINGS}\n{lines}", encoding="utf-8")
    return folder


def seconds(programmes: int) -> float:
    """CPU seconds of one check that finds nothing wrong."""
    with TemporaryDirectory() as folder:
        town_folder(Path(folder), programmes)
        began = process_time()
        checked = tables.check(folder)
        spent = process_time() - began
    assert checked.town is not None and len(checked.town.programs) == programmes
    return spent


def book_seconds(programmes: int) -> float:
    """CPU seconds of one check of the same town as a workbook, with the process that opens it."""
    with TemporaryDirectory() as folder:
        town_folder(Path(folder), programmes)
        path = Path(folder) / "town.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            book.add_worksheet("town").write_row(0, 0, ["name", "町"])
            book.get_worksheet_by_name("town").write_row(1, 0, ["base", "https://example.org/t/"])
            for name in ("agencies", "programs"):
                with (Path(folder) / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                    sheet = book.add_worksheet(name)
                    for row, cells in enumerate(csv.reader(stream)):
                        sheet.write_row(row, 0, cells)
        began = _spent()
        checked = tables.check(path)
        spent = _spent() - began
    assert checked.town is not None and len(checked.town.programs) == programmes
    return spent


def _spent() -> float:
    """CPU seconds of this process and of those it has waited for."""
    uses = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def main() -> None:
    """Print one row a size."""
    print("| programmes | CPU s | peak MB |\n|---:|---:|---:|")  # noqa: T201 - a benchmark prints
    for programmes in [int(text) for text in sys.argv[1:]] or [1_000, 10_000, 20_000]:
        spent = seconds(programmes)
        print(f"| {programmes:,} | {spent:.2f} | {getrusage(RUSAGE_SELF).ru_maxrss // 1024} |")  # noqa: T201
        if programmes <= 20_000 and spent > LIMIT:
            sys.exit(f"{spent:.2f} s > {LIMIT} s")
    spent = book_seconds(20_000)
    peak = sum(getrusage(who).ru_maxrss // 1024 for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    print(f"| 20,000 in a workbook | {spent:.2f} | {peak} |")  # noqa: T201
    if spent > BOOK_LIMIT or peak > BOOK_MEGABYTES:
        sys.exit(f"{spent:.2f} s > {BOOK_LIMIT} s or {peak} MB > {BOOK_MEGABYTES} MB")


if __name__ == "__main__":
    main()
