"""Made-up towns (架空の町) of any size, the same for the same seed: nothing in them is a fact.

Used by benchmarks and demos only; name, publisher and a note in the folder say so.
"""

from dataclasses import replace
from pathlib import Path
from random import Random

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange, Limit
from hazama.model.dates import Day
from hazama.model.records import Agency, Law, Limits, Origin, Program, Provision, Theme
from hazama.model.town import Layer, Municipality
from hazama.resources import phrase
from hazama.tables.concepts import packaged, space
from hazama.tables.writing import write

DIMENSIONS = ("certificate", "care", "income", "residence")
"""Dimensions that programmes of a made-up town limit now and then."""


def sample(number: int, folder: Path, programs: int = 2000, seed: int = 1) -> None:
    """Write *number* made-up towns, each in a folder named by its code, with a note that says so."""
    for n in range(1, number + 1):
        town = numbered_town(n, programs, seed)
        write(town, folder / town.layer.code)
        note = folder / town.layer.code / "README.md"
        note.write_text(phrase("towns", "made_up_note")[0] + "\n", encoding="utf-8")


def numbered_town(number: int, programs: int, seed: int) -> Municipality:
    """One made-up town; its code begins with 99, which no prefecture has."""
    town, code = made_town(programs, seed * 10_000 + number), _code(990_00 + number)
    ja, en = phrase("towns", "made_up_town", number=number)
    base = f"https://example.org/made-up/{code}/"
    layer = replace(town.layer, name=ja, name_en=en, code=code, base=base, publisher="hazama towns sample")
    return replace(town, layers=(layer,))


def _code(number: int) -> str:
    """The six digits of a municipality code: five and the check digit (総務省, 検査数字)."""
    total = sum(weight * int(digit) for weight, digit in zip(range(6, 1, -1), f"{number:05}", strict=True))
    return f"{number:05}{(11 - total % 11) % 10}"


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
