"""The goal on top, a column for every priority theme with its initiatives and challenges counted (図1)."""

from hazama.figures.asked import Asked
from hazama.figures.scene import Area, Sketch
from hazama.model.records import Theme

GOAL = "goal"
IN_A_ROW = 6


def themes(asked: Asked) -> Sketch:
    """Return the sketch of a town's themes.

    Options: ``goal`` the predicate that names the vision, ``beneath`` predicates of the same subject shown below it,
    ``beside`` those written in the box itself, ``most`` programmes named in one theme, ``answers`` predicates by which
    a challenge is taken up.
    """
    _goal(asked)
    wide = max(1, min(IN_A_ROW, len(asked.town.themes)))
    areas = [Area(GOAL, "", 0, 0, span=wide, columns=1)] if asked.boxes else []
    for at, theme in enumerate(asked.town.themes):
        areas.append(Area(f"theme-{theme.id}", "", at % IN_A_ROW, 1 + at // IN_A_ROW, columns=1))
        _column(asked, theme, areas[-1].id)
    return asked.sketch(areas)


def _goal(asked: Asked) -> None:
    """Add the vision's box and in it what stands beneath."""
    for subject, link, vision in asked.links_by("goal")[:1]:
        asked.state(subject, link.predicate, vision, link, "caption")
        captions = []
        for one, row, end in asked.links_by("beside"):
            if one == subject:
                asked.state(one, row.predicate, end, row, "caption")
                captions.append(f"{asked.predicate(row.predicate)} {asked.name(*end)}")
        box = asked.item(vision, "goal", GOAL, captions=tuple(captions), status=link.status)
        for one, row, end in asked.links_by("beneath"):
            if one == subject:
                asked.state(one, row.predicate, end, row, "nested")
                words = (asked.predicate(row.predicate),)
                asked.item(end, "concept", GOAL, parent=box.id, captions=words, status=row.status)


def _column(asked: Asked, theme: Theme, area: str) -> None:
    """Add a theme's box and in it its first programmes and, if wanted, the challenges that no relation answers."""
    programs = [program for program in asked.town.programs if theme.id in program.themes]
    challenges = [challenge for challenge in asked.town.challenges if theme.id in challenge.theme]
    asked.used.append(theme)
    key = ("themes", theme.id)
    counted = (asked.say("counted", programs=len(programs), challenges=len(challenges)),)
    badges = (str(theme.no),) if theme.no else ()
    box = asked.item(key, "theme", area, captions=counted, badges=badges, status=theme.status)
    asked.programs(programs, ("themes", "has_theme"), key, area, box.id)
    answered = {other[1] for _, _, other in asked.links_by("answers")}
    words = (asked.say("unanswered"),)
    for challenge in challenges if asked.wishes.gaps else ():
        if challenge.id not in answered:
            key = ("challenges", challenge.id)
            asked.item(key, "gap", area, parent=box.id, captions=words, status=challenge.status)
