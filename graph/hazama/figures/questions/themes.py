"""The goal on top, a column for every priority theme with its initiatives and challenges counted (図1)."""

from collections.abc import Iterator

from hazama.figures.asked import Asked
from hazama.figures.sketch import Area, Item, Sketch
from hazama.knowledge.labels import Key
from hazama.model.records import Challenge, Link, Theme

GOAL = "goal"
IN_A_ROW = 6


def themes(asked: Asked) -> Sketch:
    """Return the sketch of a town's themes.

    Options: ``goal`` the predicate that names the vision, ``beneath`` predicates of the same subject shown below it,
    ``beside`` those written in the box itself, ``most`` programmes named in one theme.
    """
    goal = tuple(_goal(asked))
    columns = tuple(item for theme in asked.town.themes for item in _column(asked, theme))
    wide = max(1, min(IN_A_ROW, len(asked.town.themes)))
    areas = [Area(GOAL, "", 0, 0, span=wide, columns=1)] if goal else []
    areas += [
        Area(f"theme-{theme.id}", "", place % IN_A_ROW, 1 + place // IN_A_ROW, columns=1)
        for place, theme in enumerate(asked.town.themes)
    ]
    return asked.sketch(goal + columns, areas=tuple(areas))


def _goal(asked: Asked) -> Iterator[Item]:
    """Yield the vision's box and in it what stands beneath."""
    found = [(one, link, other) for one, link, other in asked.links if link.predicate in asked.template.strings("goal")]
    for subject, link, vision in found[:1]:
        asked.state(subject, link.predicate, vision, link, "caption")
        captions = tuple(_said(asked, subject, row, end, "caption") for row, end in _ends(asked, subject, "beside"))
        yield asked.item(vision, "goal", GOAL, captions=captions, status=link.status)
        for row, end in _ends(asked, subject, "beneath"):
            asked.state(subject, row.predicate, end, row, "nested")
            words = (asked.predicate(row.predicate),)
            yield asked.item(end, "concept", GOAL, parent="/".join(vision), captions=words, status=row.status)


def _ends(asked: Asked, subject: Key, option: str) -> list[tuple[Link, Key]]:
    wanted = asked.template.strings(option)
    return [(link, other) for one, link, other in asked.links if one == subject and link.predicate in wanted]


def _said(asked: Asked, subject: Key, link: Link, end: Key, shown: str) -> str:
    asked.state(subject, link.predicate, end, link, shown)
    return f"{asked.predicate(link.predicate)} {asked.name(*end)}"


def _column(asked: Asked, theme: Theme) -> Iterator[Item]:
    """Yield a theme's box and in it its first programmes, and, if wanted, the challenges nobody takes up."""
    programs = [program for program in asked.town.programs if theme.id in program.themes]
    challenges = [challenge for challenge in asked.town.challenges if theme.id in challenge.theme]
    asked.used.append(theme)
    key, area = ("themes", theme.id), f"theme-{theme.id}"
    counted = (asked.say("counted", programs=len(programs), challenges=len(challenges)),)
    badges = (str(theme.no),) if theme.no else ()
    yield asked.item(key, "theme", area, captions=counted, badges=badges, status=theme.status)
    for _, item in asked.programs(programs, ("themes", "has_theme"), key, area, "/".join(key)):
        yield item
    if asked.wishes.gaps:
        yield from _open(asked, challenges, area, "/".join(key))


def _open(asked: Asked, challenges: list[Challenge], area: str, parent: str) -> Iterator[Item]:
    """Yield the challenges of a theme that no relation of the tables answers."""
    answered = {other[1] for _, link, other in asked.links if link.predicate in asked.template.strings("answers")}
    words = (asked.say("unanswered"),)
    for challenge in challenges:
        if challenge.id not in answered:
            key = ("challenges", challenge.id)
            yield asked.item(key, "gap", area, parent=parent, captions=words, status=challenge.status)
