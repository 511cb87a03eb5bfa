"""What the coverage commands print, as plain records: names and numbers, ready for JSON and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hazama.coverage.boxes import Gap, Number
from hazama.coverage.deadline import Deadline
from hazama.coverage.household import Answer, Served
from hazama.coverage.listing import Listing, TownGap, absent
from hazama.coverage.research import BlankCells
from hazama.coverage.totals import Split, totals
from hazama.coverage.whatif import Remedies, WhatIf
from hazama.coverage.words import Speech
from hazama.knowledge.labels import Label, place, told
from hazama.model.records import Eligibility, Program

__all__ = [
    "alone_records",
    "case_document",
    "listing_document",
    "remedies_document",
    "research_record",
    "shock_document",
    "sole_records",
    "whatif_document",
]

Record = dict[str, Any]


def _said(value: Any, lang: str) -> Any:
    """A record with every label in one language."""
    if isinstance(value, Label):
        return value.label(lang)
    if isinstance(value, dict):
        return {key: _said(one, lang) for key, one in value.items()}
    return [_said(one, lang) for one in value] if isinstance(value, (list, tuple)) else value


def listing_document(words: Speech, listing: Listing, lang: str, deadline: Deadline | None = None) -> Record:
    """The gaps of a town in one reading: what is proven, the totals, the gaps, what is absent.

    The totals are null if the deadline comes before they are known.
    """
    try:
        counted = totals(words.town.space, deadline=deadline)
    except TimeoutError:
        counted = None
    document = {
        "complete": listing.complete,
        "bound": listing.bound,
        "remainder": listing.remainder,
        "reading": words.town.reading,
        "reach": words.town.reach,
        **_counts(words),
        "totals": counted and {"cells": _split(counted.cells), "demand": _split(counted.demand)},
        "gaps": [_gap(words, gap) for gap in listing.gaps],
        "absent": [{"need": one.need, "functions": one.functions} for one in absent(words.town)],
    }
    return dict(_said(document, lang))


def _gap(words: Speech, gap: TownGap) -> Record:
    """One gap with everything known about it."""
    return {
        "id": gap.id,
        "box": gap.box,
        "size": gap.gap.size,
        "demand": gap.gap.demand,
        "people": gap.people,
        "share": gap.share,
        "near_misses": [
            {"program": miss.box.program, **_limit(words, words.town.rows[miss.box.key], miss.dimension),
             "share": round(miss.share, 4), "percent": miss.percent}
            for miss in gap.misses
        ],
        "stops": [
            {"dimension": words.town.axes[edge.dimension].dimension.id,
             "beyond": words.values(edge.dimension, edge.values),
             "programs": sorted({words.program(box) for box in edge.boxes})}
            for edge in gap.stops
        ],
        "sentence": gap.sentence,
    }  # fmt: skip


def research_record(words: Speech, cells: BlankCells, lang: str) -> Record:
    """The blank cells of one row and what hangs on them."""
    ends = {end: told("coverage", end) for end in ("min_age", "max_age")}
    document = {
        "program": cells.program,
        "name": words.names.label("programs", cells.program),
        "place": place(cells.row),
        "columns": cells.columns,
        "cells": [ends.get(column) or words.names.label("space", column) for column in cells.columns],
        "decides": round(cells.decides),
        "hangs": cells.hangs,
    }
    return dict(_said(document, lang))


def shock_document(words: Speech, removed: Sequence[str], found: WhatIf, lang: str) -> Record:
    """What opens when programmes go."""
    document = {
        "complete": found.complete,
        "removed": [words.names.label("programs", id) for id in removed],
        "demand": found.lost,
        **_counts(words),
        "opened": _short(words, found.opened),
    }
    return dict(_said(document, lang))


def whatif_document(words: Speech, found: WhatIf, lang: str) -> Record:
    """What changes close and open."""
    document = {
        "complete": found.complete,
        "gained": found.gained,
        "lost": found.lost,
        **_counts(words),
        "closed": _short(words, found.closed),
        "opened": _short(words, found.opened),
    }
    return dict(_said(document, lang))


def remedies_document(words: Speech, found: Remedies, lang: str) -> Record:
    """The limits to lift, each with what it closes beyond those before it, and the most any choice could close."""
    document = {
        "closed": found.closed,
        "open": found.open,
        "bound": found.bound,
        **_counts(words),
        "lifts": [
            {"program": one.box.program, **_limit(words, words.town.rows[one.box.key], one.dimension),
             "closes": one.closes, "share": round(one.share, 4)}
            for one in found.chosen
        ],
    }  # fmt: skip
    return dict(_said(document, lang))


def sole_records(words: Speech, demand: Mapping[str, Number], lang: str) -> list[Record]:
    """The programmes that alone meet some demand, the most first."""
    ranked = sorted(demand.items(), key=lambda pair: (-pair[1], pair[0]))
    names = words.names
    return [
        {"id": id, "name": names.label("programs", id).label(lang), "demand": alone} for id, alone in ranked if alone
    ]


def alone_records(words: Speech, program: str, served: Sequence[Gap], lang: str) -> list[Record]:
    """What one programme alone serves."""
    name = words.names.label("programs", program)
    rows = [
        {"program": program, "name": name, "alone": words.subject(gap.masks), "size": gap.size, "demand": gap.demand}
        for gap in served
    ]
    return list(_said(rows, lang))


def case_document(words: Speech, answer: Answer, lang: str) -> Record:
    """A household and what the town is to it."""
    label = words.names.label

    def whose(one: Served) -> Record:
        return {"person": one.person, "need": label("needs", one.need)}

    document = {
        "name": answer.household.name,
        "shows": answer.household.shows,
        "served": [{**whose(one), **_served(words, one)} for one in answer.served],
        "unmet": [whose(one) for one in answer.unmet],
        "agencies": [label("agencies", id) for id in answer.agencies],
        "hand_offs": answer.hand_offs,
        "without_tie": [[label("agencies", id) for id in pair] for pair in answer.loose],
        "unseen": [[label("needs", id) for id in pair] for pair in answer.unseen],
        "desks": [{"id": id, "name": label("programs", id)} for id in answer.desks],
        "bodies": [{"id": id, "name": label("bodies", id), "needs": count} for id, count in answer.bodies],
        "mismatch": answer.mismatch,
    }
    return dict(_said(document, lang))


def _served(words: Speech, one: Served) -> Record:
    label, town = words.names.label, words.town
    return {
        "programs": [
            {
                "id": found.program,
                "name": label("programs", found.program),
                "sureness": found.sureness,
                "limits_recorded": not found.silent,
                "reach": label("reach", town.programs[found.program].reach),
                "to_look_up": [label("space", dimension) for dimension in found.open],
                "place": place(found.row),
            }
            for found in one.reached
        ],
        "one_limit_away": [
            {"id": barred.program, **_limit(words, barred.row, town.axis(barred.dimension))} for barred in one.barred
        ],
    }


def _limit(words: Speech, row: Program | Eligibility, dimension: int) -> Record:
    """One limit of a row: whose it is, what it is about, what it says, what sets it and where it stands."""
    return {
        "name": words.names.label("programs", row.program if isinstance(row, Eligibility) else row.id),
        "dimension": words.town.axes[dimension].dimension.id,
        "limit": words.limit(row, dimension),
        "provision": words.authority(row),
        "place": place(row),
    }


def _counts(words: Speech) -> Record:
    return {"demand_counts": "people" if words.town.people else "cells"}


def _split(split: Split) -> Record:
    return {"uncovered": split.none, "once": split.one, "more": split.more}


def _short(words: Speech, gaps: Sequence[Gap]) -> list[Record]:
    """Gaps as whom they hold for which support, without a judgement."""
    return [
        {"id": one.id, "sentence": one.what, "size": one.gap.size, "demand": one.gap.demand, "people": one.people}
        for one in (TownGap(words, gap) for gap in gaps)
    ]
