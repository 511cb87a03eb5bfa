"""Made-up towns of any size, the same for the same seed: nothing in them is a fact."""

from random import Random

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange, Limit
from hazama.model.dates import Day
from hazama.model.records import Agency, Law, Limits, Origin, Program, Provision, Theme
from hazama.model.town import Layer, Municipality
from hazama.tables.concepts import packaged, space

DIMENSIONS = ("certificate", "care", "income", "residence")
"""Dimensions that programmes of a made-up town limit now and then."""


def made_town(programs: int, seed: int = 1) -> Municipality:
    """A town of *programs* programmes with a fifth as many agencies and a law of 200 provisions."""
    draw = Random(f"{seed}/{programs}")
    agencies = max(2, programs // 5)
    return Municipality(
        layers=(Layer("", "試しの町", "Trial Town", "https://example.org/trial/", "999997"),),
        agencies=tuple(_agency(draw, n) for n in range(agencies)),
        programs=tuple(_program(draw, n, agencies) for n in range(programs)),
        laws=(Law(origin=_at("laws", 0), id="law", name="試しの法"),),
        provisions=tuple(
            Provision(origin=_at("provisions", n), id=f"law-{n}", law="law", article=str(n)) for n in range(200)
        ),
        themes=tuple(Theme(origin=_at("themes", n), id=f"t{n}", name=f"テーマ{n}") for n in range(6)),
        schemes=packaged(),
        space=space(),
    )


def _agency(draw: Random, n: int) -> Agency:
    parent = f"a{draw.randrange(n)}" if n else ""
    return Agency(origin=_at("agencies", n), id=f"a{n}", name=f"第{n}課", kind="section", parent=parent, zone="inside")


def _program(draw: Random, n: int, agencies: int) -> Program:
    return Program(
        origin=_at("programs", n),
        id=f"p{n}",
        name=f"事業第{n}号",
        name_en=f"Programme {n}",
        description=f"地域の困りごと{draw.randrange(1000)}に応える、第{n}号の取組",
        owner=(f"a{draw.randrange(agencies)}",),
        operators=(f"a{draw.randrange(agencies)}",),
        themes=(f"t{draw.randrange(6)}",),
        needs=_some(draw, "needs"),
        functions=_some(draw, "functions"),
        field=_some(draw, "fields"),
        reach=draw.choice(tuple(packaged()["reach"])),
        basis=(f"law-{draw.randrange(200)}",),
        limits=_limits(draw),
        since=Day(str(draw.randrange(2000, 2024))),
        locator=f"p.{draw.randrange(300)}",
    )


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
