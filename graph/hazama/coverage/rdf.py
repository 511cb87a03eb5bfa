"""Gaps as triples, so that SPARQL can ask for them.

A gap is one box or several: ages that do not follow each other are boxes of their own, so that one comparison
with ``hz:minAgeMonths`` and ``hz:maxAgeMonths`` answers. What a box says nothing of does not limit it.
The search that found a gap is a ``prov:Activity``: which reading and reach it asked for, of which data, as of when.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hazama.coverage.listing import Listing, TownGap
from hazama.coverage.space import MONTHS_IN_LIFE, TownSpace
from hazama.knowledge import terms
from hazama.knowledge.addresses import Addresses
from hazama.knowledge.terms import Triple
from hazama.knowledge.vocabulary import about
from hazama.knowledge.vocabulary import terms as terms_of
from hazama.resources import phrase

__all__ = ["gap_triples"]

PROPERTIES = {"needs": "hz:need", "functions": "hz:function"}
KINDS = terms_of("hz:Gap", "hz:Finding")
(ACTIVITY,) = terms_of("prov:Activity")


def gap_triples(town: TownSpace, listing: Listing, day: date | None = None) -> Iterator[Triple]:
    """Each gap of a listing as ``hz:Gap`` with its boxes, programmes one limit away and the search that found it."""
    addresses = Addresses(town.town)
    asked = f"gaps.{town.reading}.{town.reach}"
    search = addresses.within("", f"searches/{asked}" + (f"/{day}" if day else ""))
    title = phrase("coverage", town.reading)
    yield from about(
        search,
        {
            "rdf:type": ACTIVITY,
            "dct:identifier": terms.literal(asked),
            "dct:title": [terms.text(one, lang) for one, lang in zip(title, ("ja", "en"), strict=True)],
            "prov:used": addresses.within("", "dataset"),
            "dct:date": terms.calendar_day(day) if day else "",
        },
    )
    for gap in listing.gaps:
        yield from _gap(town, gap, search, addresses)


def _gap(town: TownSpace, gap: TownGap, search: str, addresses: Addresses) -> Iterator[Triple]:
    name = f"gaps/{gap.id}-{town.reading}-{town.reach}"
    spans = town.spans(gap.gap.masks[town.axis("age")])
    boxes = {addresses.within("", f"{name}/box-{n}"): span for n, span in enumerate(spans, start=1)}
    yield from about(
        addresses.within("", name),
        {
            "rdf:type": KINDS,
            "dct:identifier": terms.literal(gap.id),
            "dct:description": [terms.text(gap.sentence.label(lang), lang) for lang in ("ja", "en")],
            "hz:gapReading": terms.literal(town.reading),
            "hz:gapReach": addresses.concept("reach", town.reach),
            "hz:cells": terms.integer(gap.gap.size),
            "hz:peopleAffected": "" if gap.people is None else terms.decimal(gap.people),
            "hz:nearMiss": sorted({addresses.reference(("programs",), one.box.program, "") for one in gap.misses}),
            "hz:box": boxes,
            "prov:wasGeneratedBy": search,
        },
    )
    for box, (first, past) in boxes.items():
        yield from about(box, _values(town, gap, addresses))
        yield from about(box, {"hz:minAgeMonths": terms.integer(first)} if first else {})
        yield from about(box, {"hz:maxAgeMonths": terms.integer(past - 1)} if past < MONTHS_IN_LIFE else {})


def _values(town: TownSpace, gap: TownGap, addresses: Addresses) -> dict[str, list[str]]:
    """The needs, functions, conditions and districts of a gap, by property, where they are limited."""
    said: dict[str, list[str]] = {}
    for axis, mask in zip(town.axes, gap.gap.masks, strict=True):
        dimension = axis.dimension
        if not axis.starts and (mask != axis.full or dimension.id in PROPERTIES):
            in_table = dimension.kind == "districts"
            said.setdefault(PROPERTIES.get(dimension.id, "hz:admits"), []).extend(
                addresses.reference(("districts",), id, "") if in_table else addresses.concept(dimension.id, id)
                for id in gap.box[dimension.id]
            )
    return said
