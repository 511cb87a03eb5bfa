"""The goal on top, a column for every priority theme with its initiatives and challenges counted (図1)."""

from collections.abc import Iterator

from hazama.figures.asked import Asked
from hazama.figures.sketch import Area, Item, Sketch
from hazama.knowledge.labels import Key
from hazama.model.records import Challenge, Link, Program, Theme

GOAL = "goal"
IN_A_ROW = 6


def themes(asked: Asked) -> Sketch:
    """Return the sketch of a town's themes.

    Options: ``goal`` the predicate that names the vision, ``beneath`` predicates of the same subject shown below it,
    ``beside`` those written in the box itself, ``most`` programmes named in one theme.
    """
    goal = tuple(_goal(asked))
    columns = tuple(item for theme in asked.town.themes for item in _column(asked, theme))
    if not asked.town.themes:
        return asked.sketch(goal, areas=(Area(GOAL, "", 0, columns=1),) if goal else None)
    wide = min(IN_A_ROW, len(asked.town.themes))
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
        yield Item("/".join(vision), asked.name(*vision), "goal", GOAL, captions=captions, status=link.status)
        for row, end in _ends(asked, subject, "beneath"):
            words = asked.predicate(row.predicate)
            asked.state(subject, row.predicate, end, row, "nested")
            yield Item(
                "/".join(end),
                asked.name(*end),
                "concept",
                GOAL,
                parent="/".join(vision),
                captions=(words,),
                status=row.status,
            )


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
    counted = asked.say("counted", programs=len(programs), challenges=len(challenges))
    yield Item(
        f"themes/{theme.id}",
        asked.name("themes", theme.id),
        "theme",
        f"theme-{theme.id}",
        captions=(counted,),
        badges=(str(theme.no),) if theme.no else (),
        status=theme.status,
    )
    most = asked.template.number("most", 5)
    for program in programs:
        shown = "nested" if program in programs[:most] else "table"
        status = asked.status(program, "themes")
        asked.state(("programs", program.id), "has_theme", ("themes", theme.id), program, shown, status)
    for program in programs[:most]:
        yield _program(asked, program, theme)
    if len(programs) > most:
        more = asked.say("more", count=len(programs) - most)
        yield Item(f"themes/{theme.id}/more", more, "concept", f"theme-{theme.id}", parent=f"themes/{theme.id}")
    yield from _open(asked, theme, challenges)


def _program(asked: Asked, program: Program, theme: Theme) -> Item:
    return Item(
        f"programs/{program.id}@{theme.id}",
        asked.name("programs", program.id),
        "program",
        f"theme-{theme.id}",
        parent=f"themes/{theme.id}",
        status=asked.status(program, "themes"),
    )


def _open(asked: Asked, theme: Theme, challenges: list[Challenge]) -> Iterator[Item]:
    """Yield the challenges of a theme that no relation of the tables answers, where gaps are wanted."""
    if not asked.wishes.gaps:
        return
    answered = {other[1] for _, link, other in asked.links if link.predicate in asked.template.strings("answers")}
    for challenge in challenges:
        if challenge.id not in answered:
            yield Item(
                f"challenges/{challenge.id}",
                asked.name("challenges", challenge.id),
                "gap",
                f"theme-{theme.id}",
                parent=f"themes/{theme.id}",
                captions=(asked.say("unanswered"),),
                status=challenge.status,
            )
