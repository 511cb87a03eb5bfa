"""What the coverage commands print, as plain records: names and numbers, ready for JSON and tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hazama.coverage.boxes import Gap, Number
from hazama.coverage.deadline import Deadline
from hazama.coverage.explain import Edge, NearMiss
from hazama.coverage.fragile import Shock
from hazama.coverage.household import Answer, Served
from hazama.coverage.listing import Listing, TownGap, identity
from hazama.coverage.research import BlankCells
from hazama.coverage.totals import Split, totals
from hazama.coverage.whatif import Remedies, WhatIf
from hazama.coverage.words import Speech
from hazama.knowledge.labels import Directory, Label, place
from hazama.model.records import Eligibility, Program
from hazama.resources import phrase

__all__ = [
    "case_document",
    "gap_record",
    "listing_document",
    "remedies_document",
    "research_record",
    "shock_document",
    "sole_records",
    "whatif_document",
]

Record = dict[str, Any]


def listing_document(words: Speech, listing: Listing, lang: str, deadline: Deadline | None = None) -> Record:
    """The gaps of a town in one reading: what is proven, the totals, the gaps, what is absent.

    The totals are null if the deadline comes before they are known.
    """
    town = words.town
    try:
        counted = totals(town.space, deadline=deadline)
    except TimeoutError:
        counted = None
    return {
        "complete": listing.complete,
        "bound": listing.bound,
        "remainder": listing.remainder,
        "reading": listing.reading,
        "reach": listing.reach,
        "demand_counts": "people" if town.people else "cells",
        "totals": counted and {"cells": _split(counted.cells), "demand": _split(counted.demand)},
        "gaps": [gap_record(words, gap, lang) for gap in listing.gaps],
        "absent": [{"need": one.need, "functions": list(one.functions)} for one in listing.absent],
    }


def gap_record(words: Speech, gap: TownGap, lang: str) -> Record:
    """One gap with everything known about it."""
    return {
        "id": gap.id,
        "box": {dimension: list(values) for dimension, values in gap.box.items()},
        "size": gap.gap.size,
        "demand": gap.gap.demand,
        "people": gap.people,
        "share": gap.share,
        "near_misses": [_miss(words, miss, lang) for miss in gap.misses],
        "stops": [_stop(words, stop, lang) for stop in gap.stops],
        "sentence": gap.sentence.label(lang),
    }


def research_record(words: Speech, cells: BlankCells, lang: str) -> Record:
    """The blank cells of one row and what hangs on them."""
    return {
        "program": cells.program,
        "name": words.names.label("programs", cells.program).label(lang),
        "place": place(cells.row).label(lang),
        "columns": list(cells.columns),
        "cells": [_column(words.names, column).label(lang) for column in cells.columns],
        "decides": round(cells.decides),
        "hangs": cells.hangs,
    }


def _column(names: Directory, column: str) -> Label:
    """What a limit column is called: 年齢（下限） for min_age."""
    if column in ("min_age", "max_age"):
        return Label(*phrase("coverage", column))
    return names.label("space", column)


def shock_document(words: Speech, shock: Shock, lang: str) -> Record:
    """What opens when programmes go."""
    return {
        "removed": [words.names.label("programs", id).label(lang) for id in shock.removed],
        "demand": shock.demand,
        "demand_counts": "people" if words.town.people else "cells",
        "opened": [_short(words, gap, lang) for gap in shock.opened],
    }


def whatif_document(words: Speech, found: WhatIf, lang: str) -> Record:
    """What changes close and open."""
    return {
        "gained": found.gained,
        "lost": found.lost,
        "demand_counts": "people" if words.town.people else "cells",
        "closed": [_short(words, gap, lang) for gap in found.closed],
        "opened": [_short(words, gap, lang) for gap in found.opened],
    }


def remedies_document(words: Speech, found: Remedies, lang: str) -> Record:
    """The limits to lift, each with what it closes beyond those before it, and the most any choice could close."""
    return {
        "closed": found.closed,
        "open": found.open,
        "bound": found.bound,
        "demand_counts": "people" if words.town.people else "cells",
        "lifts": [
            {
                "program": box.program,
                "name": words.program(box).label(lang),
                **_limit(words, words.town.rows[box.key], one.lift.dimension, lang),
                "closes": one.closes,
                "share": round(one.share, 4),
            }
            for one in found.chosen
            for box in [one.lift.box]
        ],
    }


def sole_records(words: Speech, demand: Mapping[str, Number], lang: str) -> list[Record]:
    """The programmes that alone meet some demand, the most first."""
    ranked = sorted(demand.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        {"id": id, "name": words.names.label("programs", id).label(lang), "demand": alone}
        for id, alone in ranked
        if alone
    ]


def case_document(words: Speech, answer: Answer, lang: str) -> Record:
    """A household and what the town is to it."""

    def named(kind: str, id: str) -> str:
        return words.names.label(kind, id).label(lang)

    def whose(one: Served) -> Record:
        return {"person": answer.household.called(one.person, lang), "need": named("needs", one.need)}

    return {
        "name": answer.household.title(lang),
        "shows": answer.household.shows[lang == "en"],
        "served": [{**whose(one), **_served(words, one, lang)} for one in answer.served],
        "unmet": [whose(one) for one in answer.unmet],
        "agencies": [named("agencies", id) for id in answer.agencies],
        "hand_offs": answer.hand_offs,
        "without_tie": [[named("agencies", id) for id in pair] for pair in answer.loose],
        "unseen": [[named("needs", id) for id in pair] for pair in answer.unseen],
        "desks": [{"id": id, "name": named("programs", id)} for id in answer.desks],
        "bodies": [{"id": id, "name": named("bodies", id), "needs": count} for id, count in answer.bodies],
        "mismatch": answer.mismatch,
    }


def _served(words: Speech, one: Served, lang: str) -> Record:
    names, town = words.names, words.town
    return {
        "programs": [
            {
                "id": found.program,
                "name": names.label("programs", found.program).label(lang),
                "sureness": found.sureness,
                "limits_recorded": not found.silent,
                "reach": names.label("reach", town.programs[found.program].reach).label(lang),
                "to_look_up": [names.label("space", dimension).label(lang) for dimension in found.open],
                "place": place(found.row).label(lang),
            }
            for found in one.reached
        ],
        "one_limit_away": [
            {
                "id": barred.program,
                "name": names.label("programs", barred.program).label(lang),
                **_limit(words, barred.row, town.axis(barred.dimension), lang),
            }
            for barred in one.barred
        ],
    }


def _limit(words: Speech, row: Program | Eligibility, dimension: int, lang: str) -> Record:
    """One limit of a row: what it is about, what it says, what sets it and where it stands."""
    return {
        "dimension": words.town.axes[dimension].dimension.id,
        "limit": words.limit(row, dimension).label(lang),
        "provision": words.authority(row).label(lang),
        "place": place(row).label(lang),
    }


def _split(split: Split) -> Record:
    return {"uncovered": split.none, "once": split.one, "more": split.more}


def _miss(words: Speech, miss: NearMiss, lang: str) -> Record:
    return {
        "program": miss.box.program,
        "name": words.program(miss.box).label(lang),
        **_limit(words, words.town.rows[miss.box.key], miss.dimension, lang),
        "share": round(miss.share, 4),
        "percent": miss.percent,
    }


def _stop(words: Speech, edge: Edge, lang: str) -> Record:
    return {
        "dimension": words.town.axes[edge.dimension].dimension.id,
        "beyond": words.values(edge.dimension, edge.values).label(lang),
        "programs": sorted({words.program(box).label(lang) for box in edge.boxes}),
    }


def _short(words: Speech, gap: Gap, lang: str) -> Record:
    """A gap as whom it holds for which support, without a judgement."""
    return {
        "id": identity(words.town, gap.masks),
        "sentence": words.subject(gap.masks).label(lang),
        "size": gap.size,
        "demand": gap.demand,
    }
