"""Made-up towns (架空の町) of any size, the same for the same seed: nothing in them is a fact.

Used by benchmarks and demos only; name, publisher and a note in the folder say so.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange, Limit
from hazama.model.dates import Day
from hazama.model.records import (
    Agency,
    Body,
    Challenge,
    Law,
    Limits,
    Link,
    Member,
    Origin,
    Program,
    Provision,
    Source,
    Theme,
)
from hazama.model.town import Layer, Municipality
from hazama.resources import phrase
from hazama.tables.concepts import packaged, space
from hazama.tables.writing import write

DIMENSIONS = ("certificate", "care", "income", "residence")
"""Dimensions that programmes of a made-up town limit now and then."""
PROVISIONS, SOURCES, SEATS = 200, 50, 8
"""Provisions of the one made-up law, sources of a town, seats of a meeting body."""


def sample(number: int, folder: Path, programs: int = 2000, seed: int = 1) -> None:
    """Write *number* made-up towns, each in a folder named by its code, with a note that says so."""
    for n in range(1, number + 1):
        town = numbered_town(n, programs, seed)
        write(town, folder / town.layer.code)
        note = folder / town.layer.code / "README.md"
        note.write_text(phrase("towns", "made_up_note")[0] + "\n", encoding="utf-8")


def numbered_town(number: int, programs: int, seed: int) -> Municipality:
    """One made-up town; its code begins with 9, as that of no prefecture does."""
    town, code = made_town(programs, seed * 10_000 + number), _code(90_000 + number)
    ja, en = phrase("towns", "made_up_town", number=number)
    base = f"https://example.org/made-up/{code}/"
    layer = replace(town.layer, name=ja, name_en=en, code=code, base=base)
    layer = replace(layer, publisher="hazama towns sample", as_of=date(2024, 1, 1))
    return replace(town, layers=(layer,))


def _code(number: int) -> str:
    """The six digits of a municipality code: five and the check digit (総務省, 検査数字)."""
    total = sum(weight * int(digit) for weight, digit in zip(range(6, 1, -1), f"{number:05}", strict=True))
    return f"{number:05}{(11 - total % 11) % 10}"


def made_town(programs: int, seed: int = 1) -> Municipality:
    """A town of *programs* programmes, a fifth as many agencies, a tenth links and a twentieth bodies and challenges.

    A town leaves out up to half of the needs, others in each. Three quarters of the provisions are the
    basis of programmes, a fifth of the programmes has none.
    """
    draw = Random(f"{seed}/{programs}")
    agencies, bodies = max(2, programs // 5), max(2, programs // 20)
    every = sorted(packaged()["needs"])
    needs = draw.sample(every, draw.randint(len(every) // 2, len(every)))
    return Municipality(
        layers=(Layer("", "試しの町", "Trial Town", "https://example.org/trial/", "999997"),),
        agencies=tuple(_agency(draw, n) for n in range(agencies)),
        programs=tuple(_program(draw, n, agencies, needs) for n in range(programs)),
        laws=(Law(origin=_at("laws", 0), id="law", name="試しの法"),),
        provisions=tuple(_provision(draw, n) for n in range(PROVISIONS)),
        themes=tuple(Theme(origin=_at("themes", n), id=f"t{n}", name=f"テーマ{n}") for n in range(6)),
        bodies=tuple(_body(draw, n, agencies) for n in range(bodies)),
        members=tuple(_member(draw, n, agencies) for n in range(SEATS * bodies)),
        challenges=tuple(_challenge(n) for n in range(bodies)),
        links=tuple(_link(draw, n, bodies) for n in range(programs // 10)),
        sources=tuple(_source(n) for n in range(SOURCES)),
        schemes=packaged(),
        space=space(),
    )


def _agency(draw: Random, n: int) -> Agency:
    parent = f"a{draw.randrange(n)}" if n else ""
    return Agency(origin=_at("agencies", n), id=f"a{n}", name=f"第{n}課", kind="section", parent=parent, zone="inside")


def _program(draw: Random, n: int, agencies: int, needs: list[str]) -> Program:
    return Program(
        origin=_at("programs", n),
        id=f"p{n}",
        name=f"事業第{n}号",
        name_en=f"Programme {n}",
        description=f"地域の困りごと{draw.randrange(1000)}に応える、第{n}号の取組",
        owner=(f"a{draw.randrange(agencies)}",),
        operators=(f"a{draw.randrange(agencies)}",),
        themes=(f"t{draw.randrange(6)}",),
        needs=tuple(draw.sample(needs, draw.randint(1, 2))),
        functions=_some(draw, "functions"),
        field=_some(draw, "fields"),
        reach=draw.choice(tuple(packaged()["reach"])),
        **(_stated(draw) if draw.random() < 0.8 else _concluded(draw)),
        limits=_limits(draw),
        since=Day(str(draw.randrange(2000, 2024))),
        locator=f"p.{draw.randrange(300)}",
    )


def _stated(draw: Random) -> dict[str, Any]:
    basis = (f"law-{draw.randrange(3 * PROVISIONS // 4)}",)
    return {"basis": basis, "basis_kind": "act", "source": (f"s{draw.randrange(SOURCES)}",)}


def _concluded(draw: Random) -> dict[str, Any]:
    return {"basis_kind": draw.choice(("outline", "budget", "")), "inferred": ("owner",)}


def _provision(draw: Random, n: int) -> Provision:
    return Provision(
        origin=_at("provisions", n),
        id=f"law-{n}",
        law="law",
        article=str(n),
        modality=draw.choice(("duty", "best_effort", "optional")),
        bearer=("municipality",),
        cites=(f"law-{draw.randrange(n)}",) if n else (),
    )


def _body(draw: Random, n: int, agencies: int) -> Body:
    return Body(
        origin=_at("bodies", n),
        id=f"b{n}",
        name=f"第{n}会議",
        kind=draw.choice(("case_coordination", "cross_department")),
        convener=(f"a{draw.randrange(agencies)}",),
        reports_to=(f"b{draw.randrange(n)}",) if n and draw.random() < 0.6 else (),
        theme=(f"t{draw.randrange(6)}",),
    )


def _member(draw: Random, n: int, agencies: int) -> Member:
    agency = f"a{draw.randrange(agencies)}"
    return Member(origin=_at("members", n), body=f"b{n // SEATS}", agency=agency, role="member")


def _challenge(n: int) -> Challenge:
    return Challenge(origin=_at("challenges", n), id=f"c{n}", statement=f"課題{n}", theme=(f"t{n % 6}",))


def _link(draw: Random, n: int, challenges: int) -> Link:
    challenge = f"c{draw.randrange(challenges)}"
    return Link(origin=_at("links", n), subject=f"p{n}", predicate="may_address", object=challenge)


def _source(n: int) -> Source:
    return Source(origin=_at("sources", n), id=f"s{n}", title=f"資料{n}", date=Day("2020"))


def _limits(draw: Random) -> Limits:
    least, most = sorted((draw.randrange(100), draw.randrange(100)))
    limits: dict[str, Limit | AgeRange] = {name: _limit(draw, name) for name in DIMENSIONS}
    limits["age"] = draw.choice((AgeRange(), AgeRange(Age(least), Age(most)), AgeRange(Age(least), NO_LIMIT)))
    return limits


def _limit(draw: Random, dimension: str) -> Limit:
    return draw.choice((NOT_RECORDED, NO_LIMIT, _some(draw, dimension)))


def _some(draw: Random, scheme: str) -> tuple[str, ...]:
    return tuple(draw.sample(sorted(packaged()[scheme]), draw.randint(1, 2)))


def _at(table: str, n: int) -> Origin:
    return Origin(f"{table}.csv", n + 2)
