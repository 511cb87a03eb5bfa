"""The register (所見の台帳): what the town decided about a finding, in ``register.csv`` of the town's folder.

A finding is accepted (with a reason and a day of review), planned (with a programme and a day) or
closed. Rows that are not edited stay as they are, byte for byte; a write is whole or not at all, and
two writers wait for each other.
"""

import csv
import io
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from typing import IO, Literal, TypeAlias

from hazama.model.dates import Day
from hazama.model.errors import InputError, UsageError
from hazama.model.findings import Finding
from hazama.resources import phrase
from hazama.tables.saving import save
from hazama.tables.writing import records

Phrase: TypeAlias = tuple[str, str]
State: TypeAlias = Literal["new", "accepted", "planned", "returned", "reopened", "closed"]

REGISTER = "register.csv"
DECISIONS = ("accepted", "planned", "closed")
BOM = b"\xef\xbb\xbf"
PATIENCE = 10.0
"""Seconds to wait for another writer."""

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class Record:
    """What was decided about one finding."""

    finding: str
    decision: str
    reason: str = ""
    by: str = ""
    on: str = ""
    """Day of the decision."""
    until: str = ""
    """Accepted: day of review. Planned: day by which it is done."""
    program: str = ""
    """The programme that is to answer it."""

    def is_due(self, day: date | None) -> bool:
        """Whether its day is over on *day*."""
        return bool(self.until) and day is not None and Day(self.until).last < day


COLUMNS = tuple(entry.name for entry in fields(Record))


def read_register(town: Path) -> dict[str, Record]:
    """The records by finding; none where there is no register. A bad one raises InputError."""
    path = beside(town)
    if not path.exists():
        return {}
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable([phrase("audits", "register_encoding", file=REGISTER)]) from error
    records: dict[str, Record] = {}
    wrong: list[Phrase] = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2):
        record = Record(**{name: (row.get(name) or "").strip() for name in COLUMNS})
        wrong += _wrong(record, number, records)
        records[record.finding] = record
    if wrong:
        raise _unreadable(wrong)
    return records


def beside(town: Path) -> Path:
    """The register of a town: in its folder, or beside its workbook."""
    return (town if town.is_dir() else town.parent) / REGISTER


def state(finding: Finding, records: Mapping[str, Record], day: date | None) -> State:
    """Where a finding stands on *day*: decided, new, past its review, or there although it was closed."""
    record = records.get(finding.id)
    if record is None:
        return "new"
    if record.decision == "closed":
        return "reopened"
    if record.is_due(day):
        return "returned"
    return "accepted" if record.decision == "accepted" else "planned"


def solved(findings: Sequence[Finding], records: Mapping[str, Record]) -> list[Record]:
    """The records whose finding is there no more, by id: what a yearly report counts as closed."""
    there = {finding.id for finding in findings}
    return [records[id] for id in sorted(records) if id not in there]


def counts(findings: Sequence[Finding], records: Mapping[str, Record], day: date | None) -> dict[str, int]:
    """How many findings there are, new ones (those that came back too), those decided on, and those solved."""
    known = sum(state(one, records, day) in ("accepted", "planned") for one in findings)
    closed = len(solved(findings, records))
    return {"count": len(findings), "new": len(findings) - known, "known": known, "closed": closed}


def decide(town: Path, record: Record) -> None:
    """Write one decision, in place of an earlier one about the same finding."""
    path = beside(town)
    for sentence in _wrong(record, 0, {}):
        raise UsageError(*sentence)
    with locked(path):
        before = path.read_bytes() if path.exists() else b""
        save({path: _edited(before, record)})


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of *path* (a file ``.<name>.lock`` beside it); UsageError when another writer keeps it.

    The lock is advisory; the system lets it go when its holder ends, however it ends.
    """
    with path.with_name(f".{path.name}.lock").open("ab") as file:
        end = monotonic() + patience
        while True:
            with suppress(OSError):
                _take(file)
                break
            if monotonic() > end:
                raise UsageError(*phrase("audits", "register_busy", path=path))
            sleep(0.01)
        yield


def _edited(before: bytes, record: Record) -> bytes:
    """The register with one row replaced or added; every other byte stays."""
    mark, body = (BOM, before[len(BOM) :]) if before.startswith(BOM) else (b"", before)
    lines = list(records(body.decode("utf-8")))
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    lines = lines or [_line(COLUMNS, ending)]
    heading = next(csv.reader([lines[0]]))
    new = _line([asdict(record).get(name, "") for name in heading], ending)
    place = next((n for n, line in enumerate(lines[1:], 1) if _finding(line, heading) == record.finding), None)
    if place is None:
        lines[-1] += "" if lines[-1].endswith("\n") else ending
        lines.append(new)
    else:
        lines[place] = new
    return mark + "".join(lines).encode()


def _finding(line: str, heading: Sequence[str]) -> str:
    cells = next(csv.reader(io.StringIO(line, newline="")), [])
    return dict(zip(heading, cells, strict=False)).get("finding", "").strip()


def _line(cells: Sequence[str], ending: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=ending).writerow(cells)
    return buffer.getvalue()


def _wrong(record: Record, row: int, before: Collection[str]) -> Iterator[Phrase]:
    """What cannot stand in a row, in words."""

    def said(code: str, column: str, found: str = "") -> Phrase:
        return phrase("audits", code, file=REGISTER, row=row, column=column, found=found)

    if not record.finding:
        yield said("register_without_finding", "finding")
    if record.finding in before:
        yield said("register_twice", "finding", record.finding)
    if record.decision not in DECISIONS:
        yield said("register_decision", "decision", record.decision)
    for column, text in (("on", record.on), ("until", record.until)):
        try:
            _ = text and Day(text)
        except ValueError:
            yield said("register_day", column, text)


def _unreadable(wrong: Sequence[Phrase]) -> InputError:
    ja, en = map("\n".join, zip(*wrong, strict=True))
    return InputError(ja, en)
