"""The text of an act against the town's tables: rows to take over, and what to check again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from hazama.audits.ledger import Carriers
from hazama.audits.statute import Clause, Statute, within
from hazama.model.errors import UsageError
from hazama.model.records import Law, Provision
from hazama.model.town import Municipality
from hazama.resources import phrase

Change: TypeAlias = Literal["new", "same", "changed", "unhashed", "deleted", "gone"]
"""Against the row of the table: none yet, the same words, other words, words never compared,
削除, no longer in the text."""

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
_SPAN = re.compile(r"(\d+(?:_\d+)*)(?:-(\d+(?:_\d+)*))?")


@dataclass(frozen=True, slots=True)
class Reading:
    """One provision of the text with its row."""

    id: str
    law: str
    parent: str
    clause: Clause
    change: Change
    resting: tuple[str, ...]
    """Programmes and bodies to check again, as ``table/id``; none while the words are the same."""


def readings(town: Municipality, text: Statute, law: str = "", articles: str = "") -> list[Reading]:
    """The provisions of the text in its order, then the rows of the table that it no longer has.

    *law* is the id of the act where its number does not find it; *articles* a span such as
    ``106_3-106_11``.
    """
    first, last = _span(articles)
    act = law or getattr(_row(town, text), "id", "") or _safe(text.egov_id or text.number or text.title)
    rows = {one.element: one for one in town.provisions if one.law == act and one.element}
    clauses = [one for one in text.clauses if not first or within(one, first, last)]
    ids = {one.element: rows[one.element].id if one.element in rows else _id(act, one) for one in clauses}
    carriers = Carriers(town)
    found = [_reading(act, one, rows.get(one.element), ids, carriers) for one in clauses]
    return found + list(_gone(rows, ids, carriers, first, last))


def law_record(town: Municipality, text: Statute, law: str = "") -> dict[str, str]:
    """The row of the act in the columns of laws.csv; what the table has and the text has not is kept."""
    row = _row(town, text)
    return {
        "id": law or (row.id if row else _safe(text.egov_id or text.number or text.title)),
        "name": text.title,
        "short": row.short if row else "",
        "kind": row.kind if row else "act",
        "number": text.number,
        "promulgated": text.promulgated,
        "egov_id": text.egov_id or (row.egov_id if row else ""),
        "url": row.url if row else "",
    }


def provision_record(reading: Reading) -> dict[str, str]:
    """The row of a provision in the columns of provisions.csv. The summary is for people to write."""
    clause = reading.clause
    return {
        "id": reading.id,
        "law": reading.law,
        "parent": reading.parent,
        "article": clause.article,
        "paragraph": clause.paragraph,
        "item": clause.item,
        "subitem": clause.subitem,
        "element": clause.element,
        "heading": clause.caption,
        "hash": clause.hash,
    }


def _reading(act: str, clause: Clause, row: Provision | None, ids: dict[str, str], carriers: Carriers) -> Reading:
    id, change = ids[clause.element], _change(clause, row)
    resting = _resting(carriers, id) if change in ("changed", "deleted") else ()
    return Reading(id, act, ids.get(clause.parent, ""), clause, change, resting)


def _change(clause: Clause, row: Provision | None) -> Change:
    if clause.deleted:
        return "deleted"
    if row is None:
        return "new"
    if not row.hash:
        return "unhashed"
    return "same" if row.hash == clause.hash else "changed"


def _gone(
    rows: dict[str, Provision], ids: dict[str, str], carriers: Carriers, first: str, last: str
) -> Iterator[Reading]:
    for element, row in rows.items():
        clause = Clause(element, row.article, row.paragraph, row.item, row.subitem, row.heading, deleted=True)
        if element not in ids and (not first or within(clause, first, last)):
            yield Reading(row.id, row.law, row.parent, clause, "gone", _resting(carriers, row.id))


def _resting(carriers: Carriers, id: str) -> tuple[str, ...]:
    return tuple(map("/".join, carriers.resting([id])))


def _row(town: Municipality, text: Statute) -> Law | None:
    """The act's row, by the id that e-Gov gave it or by its number."""
    by_id = (one for one in town.laws if text.egov_id and one.egov_id == text.egov_id)
    return next(by_id, next((one for one in town.laws if text.number and one.number == text.number), None))


def _id(act: str, clause: Clause) -> str:
    return _safe(f"{act}-{clause.element.removeprefix('MainProvision-')}")


def _safe(text: str) -> str:
    return _UNSAFE.sub(".", text).strip(".") or "law"


def _span(articles: str) -> tuple[str, str]:
    match = _SPAN.fullmatch(articles)
    if articles and not match:
        raise UsageError(*phrase("audits", "law_span", text=articles))
    return (match[1], match[2] or match[1]) if match else ("", "")
