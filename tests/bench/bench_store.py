"""Every named question, and find, at 10,000 programmes.

``python -m tests.bench.bench_store [PROGRAMMES]`` prints a Markdown table: milliseconds of the query
alone, and of the whole answer with names and order. The store is loaded once. Parameters are left
open wherever the default does, which asks for most.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from random import Random
from time import perf_counter
from typing import TypeVar

from hazama.knowledge.addresses import Addresses
from hazama.knowledge.answers import ask, bound
from hazama.knowledge.find import Criteria, find
from hazama.knowledge.labels import directory
from hazama.knowledge.questions import questions
from hazama.knowledge.store import load
from hazama.model.dates import Day
from hazama.model.records import Body, Challenge, Link, Member, Origin, Program, Provision, Source
from hazama.model.town import Municipality
from hazama.towns.sample import made_town

Made = TypeVar("Made")

SLOWEST = 1.0
"""Seconds that the query of a shipped question may take at 10,000 programmes."""


def governed_town(programs: int) -> Municipality:
    """The made-up town with a tenth as many bodies, five seats a body, challenges, links and sources."""
    town, draw = made_town(programs), Random(programs)
    bodies, agencies = programs // 10, len(town.agencies)
    return replace(
        town,
        programs=tuple(_based(draw, program) for program in town.programs),
        bodies=tuple(_body(draw, n, agencies) for n in range(bodies)),
        members=tuple(
            Member(origin=_at("members", n), body=f"b{n // 5}", agency=f"a{draw.randrange(agencies)}", role="member")
            for n in range(5 * bodies)
        ),
        challenges=tuple(
            Challenge(origin=_at("challenges", n), id=f"c{n}", statement=f"課題{n}", theme=(f"t{n % 6}",))
            for n in range(programs // 20)
        ),
        links=tuple(
            Link(origin=_at("links", n), subject=f"p{n}", predicate="may_address", object=f"c{n % (programs // 20)}")
            for n in range(programs // 10)
        ),
        provisions=tuple(_provision(draw, one) for one in town.provisions),
        sources=tuple(
            Source(origin=_at("sources", n), id=f"s{n}", title=f"資料{n}", date=Day("2020")) for n in range(50)
        ),
    )


def _based(draw: Random, program: Program) -> Program:
    if draw.random() < 0.8:
        return replace(program, source=(f"s{draw.randrange(50)}",), basis_kind="act")
    return replace(program, basis=(), basis_kind=draw.choice(("outline", "budget", "")), inferred=("owner",))


def _body(draw: Random, n: int, agencies: int) -> Body:
    return Body(
        origin=_at("bodies", n),
        id=f"b{n}",
        name=f"会議{n}",
        kind=draw.choice(("case_coordination", "cross_department")),
        convener=(f"a{draw.randrange(agencies)}",),
        reports_to=(f"b{draw.randrange(n)}",) if n else (),
        theme=(f"t{draw.randrange(6)}",),
    )


def _provision(draw: Random, provision: Provision) -> Provision:
    n = int(provision.article)
    cites = (f"law-{draw.randrange(n)}",) if n else ()
    return replace(provision, modality=draw.choice(("duty", "best_effort")), bearer=("municipality",), cites=cites)


def _at(table: str, n: int) -> Origin:
    return Origin(f"{table}.csv", n + 2)


def _timed(work: Callable[[], list[Made]]) -> tuple[float, int]:
    begun = perf_counter()
    found = work()
    return perf_counter() - begun, len(found)


def main(programs: int) -> None:
    """Print the table."""
    town = governed_town(programs)
    store = load(town)
    known, addresses = directory(town), Addresses(town)
    lines = [f"| {programs:,} programmes | rows | query ms | answer ms |", "|---|--:|--:|--:|"]
    for question in questions():
        text = bound(question, {}, known, addresses)
        query, rows = _timed(lambda text=text: store.select(text).rows)  # type: ignore[misc]
        answer, _ = _timed(lambda question=question: ask(town, question, store=store).rows)  # type: ignore[misc]
        slow = " (too slow)" if query > SLOWEST else ""
        lines.append(f"| {question.id} | {rows:,} | {1000 * query:.0f}{slow} | {1000 * answer:.0f} |")
    seconds, rows = _timed(lambda: find(town, Criteria(age=45, condition=("手帳なし",))))
    lines.append(f"| find by age and certificate | {rows:,} | | {1000 * seconds:.0f} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
