"""The support functions as zones, with the agencies and programmes in each and themes as badges (図3)."""

from dataclasses import replace

from hazama.figures.asked import Asked
from hazama.figures.scene import Box, Sketch
from hazama.model.records import Program

NAMED = 4


def functions(asked: Asked) -> Sketch:
    """Return the sketch of what a town does for each support function.

    The zones of the template are functions. Options: ``agencies`` predicates that put an agency or body into one,
    ``themes`` those that place a theme; ``same`` pairs ``concept=function``; ``first`` reaches shown first; ``most``
    programmes named in a zone.
    """
    areas = []
    for zone in asked.template.zones:
        programs = [program for program in asked.town.programs if _serves(program, zone.id) and not program.layer]
        _agencies(asked, zone.id)
        _programs(asked, zone.id, programs)
        if asked.wishes.gaps:
            _gaps(asked, zone.id, programs)
        if all(item.zone != zone.id for item in asked.boxes.values()):
            asked.box(Box(f"{zone.id}/none", asked.say("none"), "gap", zone.id))
        area = asked.area(zone, "functions")
        areas.append(replace(area, title=asked.say("zone", name=area.title, count=len(programs))))
    return asked.sketch(areas)


def _serves(program: Program, function: str) -> bool:
    return isinstance(program.functions, tuple) and function in program.functions


def _numbers(asked: Asked, *themes: str) -> tuple[str, ...]:
    """Return the badges of themes."""
    return tuple(sorted(str(theme.no) for theme in asked.town.themes if theme.no and theme.id in themes))


def _agencies(asked: Asked, function: str) -> None:
    """Add agencies and bodies, then the themes a relation places here; their places in the paper are inferred."""
    also = dict(pair.split("=", 1) for pair in asked.template.strings("same"))
    here = f"functions/{function}"
    for one, link, other in asked.links_by("agencies"):
        if also.get("/".join(other), "/".join(other)) == here:
            asked.state(one, link.predicate, other, link, "nested")
            kind, words = "body" if one[0] == "bodies" else "place", (asked.predicate(link.predicate),)
            asked.item(one, kind, function, function, captions=words, status=link.status)
    for one, link, other in asked.links_by("themes"):
        if "/".join(other) == here and one[0] == "themes":
            asked.state(one, link.predicate, other, link, "nested")
            asked.item(one, "theme", function, function, badges=_numbers(asked, one[1]), status=link.status)


def _programs(asked: Asked, function: str, programs: list[Program]) -> None:
    first = asked.template.strings("first")
    ranked = sorted(programs, key=lambda program: first.index(program.reach) if program.reach in first else len(first))
    relation, end = ("functions", "serves_function"), ("functions", function)
    asked.programs(ranked, relation, end, function, badges=lambda program: _numbers(asked, *program.themes))


def _gaps(asked: Asked, function: str, programs: list[Program]) -> None:
    """Add one box that names the needs for which no programme serves this function."""
    met = {need for program in programs if isinstance(program.needs, tuple) for need in program.needs}
    anything = any(not isinstance(program.needs, tuple) for program in programs)
    unmet = [need for need in asked.town.schemes.get("needs", {}) if need not in met]
    if unmet and not anything:
        names = "・".join(asked.name("needs", need) for need in unmet[:NAMED])
        more = asked.say("and_more", count=len(unmet) - NAMED) if len(unmet) > NAMED else ""
        asked.box(Box(f"{function}/gap", asked.say("gap"), "gap", function, captions=(names + more,)))
