"""The support functions as zones, with the agencies and programmes in each and themes as badges (図3)."""

from collections.abc import Iterator
from dataclasses import replace

from hazama.figures.asked import Asked
from hazama.figures.sketch import Area, Item, Sketch
from hazama.model.records import Program


def functions(asked: Asked) -> Sketch:
    """Return the sketch of what a town does for each support function.

    The zones of the template are functions. Options: ``agencies`` predicates that put an agency or body into one;
    ``same`` pairs ``concept=function``; ``first`` reaches shown first; ``most`` programmes named in a zone.
    """
    items: list[Item] = []
    areas: list[Area] = []
    for zone in asked.template.zones:
        programs = [program for program in asked.town.programs if _serves(program, zone.id) and not program.layer]
        inside = [*_agencies(asked, zone.id), *_themes(asked, zone.id), *_programs(asked, zone.id, programs)]
        inside += _gaps(asked, zone.id, programs) if asked.wishes.gaps else []
        title = asked.say("zone", name=asked.title(zone, "functions"), count=len(programs))
        areas.append(asked.area(zone, title))
        items += inside or [Item(f"{zone.id}/none", asked.say("none"), "gap", zone.id)]
    return asked.sketch(tuple(items), areas=tuple(areas))


def _serves(program: Program, function: str) -> bool:
    return isinstance(program.functions, tuple) and function in program.functions


def _agencies(asked: Asked, function: str) -> Iterator[Item]:
    also = dict(pair.split("=", 1) for pair in asked.template.strings("same"))
    for one, link, other in asked.links:
        target = also.get("/".join(other), "/".join(other))
        if target == f"functions/{function}" and link.predicate in asked.template.strings("agencies"):
            asked.state(one, link.predicate, other, link, "nested")
            kind, words = "body" if one[0] == "bodies" else "place", (asked.predicate(link.predicate),)
            yield asked.item(one, kind, function, function, captions=words, status=link.status)


def _themes(asked: Asked, function: str) -> Iterator[Item]:
    """Yield the themes that a relation places in this function; their places in the paper's figure are inferred."""
    placed = [
        (one, link)
        for one, link, other in asked.links
        if other == ("functions", function)
        and one[0] == "themes"
        and link.predicate in asked.template.strings("themes")
    ]
    numbers = {theme.id: str(theme.no or "") for theme in asked.town.themes}
    for one, link in placed:
        asked.state(one, link.predicate, ("functions", function), link, "nested")
        badge = numbers.get(one[1], "")
        yield asked.item(one, "theme", function, function, badges=(badge,) if badge else (), status=link.status)


def _programs(asked: Asked, function: str, programs: list[Program]) -> Iterator[Item]:
    first = asked.template.strings("first")
    ranked = sorted(programs, key=lambda program: first.index(program.reach) if program.reach in first else len(first))
    numbers = {theme.id: str(theme.no or "") for theme in asked.town.themes}
    for program, item in asked.programs(ranked, ("functions", "serves_function"), ("functions", function), function):
        themes = program.themes if program else ()
        yield replace(item, badges=tuple(sorted(numbers[theme] for theme in themes if numbers.get(theme))))


def _gaps(asked: Asked, function: str, programs: list[Program]) -> Iterator[Item]:
    """Yield one box that names the needs for which no programme serves this function."""
    met = {need for program in programs if isinstance(program.needs, tuple) for need in program.needs}
    anything = any(not isinstance(program.needs, tuple) for program in programs)
    unmet = [need for need in asked.town.schemes.get("needs", {}) if need not in met]
    if unmet and not anything:
        names = "・".join(asked.name("needs", need) for need in unmet[:4])
        more = asked.say("and_more", count=len(unmet) - 4) if len(unmet) > 4 else ""
        yield Item(f"{function}/gap", asked.say("gap"), "gap", function, captions=(names + more,))
