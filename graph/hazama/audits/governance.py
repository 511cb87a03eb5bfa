"""Governance: who never meets, which bodies hang in the air, what hangs on one tie, which desk hands nobody on.

Articulation points and bridges after Hopcroft and Tarjan (CACM 16, 1973), cycles after Tarjan's
strongly connected components, as NetworkX gives them; linear in the network.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias, cast

from hazama.audits.audited import Audited, Lack, Places, keys
from hazama.audits.ledger import Carriers, Code
from hazama.audits.meetings import NOBODY, Pair
from hazama.coverage.ties import heirs
from hazama.knowledge.labels import Key
from hazama.model.records import Program
from hazama.model.town import own

if TYPE_CHECKING:
    import networkx as nx

    Ties: TypeAlias = "nx.Graph[Key]"

HAND_OVER = ("refers_to", "links_residents_to")
"""Relations by which a desk passes a case on; a town's own count when they are narrower than one of these."""

DESKS_ARTICLE = ("106_2", "1")
"""社会福祉法106条の2第1項 lists the desks that must see to it that a case goes on."""


def never_meet(audited: Audited) -> Iterator[Lack]:
    """Agencies with programmes for the same people that are heard in no common body."""
    for pair, common in audited.apart.items():
        agencies = keys("agencies", pair)
        places: Places = {
            "one": agencies[0],
            "other": agencies[1],
            "needs": keys("needs", common.needs),
            "programs": audited.some(keys("programs", common.programs), 2),
        }
        yield Lack(agencies, places, severity="high" if len(common.needs) >= 3 else "medium")


def gone_owner(audited: Audited) -> Iterator[Lack]:
    """Programmes in the charge of a unit that is gone on the date that is asked about."""
    gone = {one.id for one in audited.whole.agencies} - {one.id for one in audited.town.agencies}
    for program in own(audited.town.programs):
        for owner in gone.intersection(program.owner):
            now = keys("agencies", (one for one in heirs(audited.town.agencies, owner) if one != owner))
            about = [("programs", program.id), ("agencies", owner)]
            places: Places = {"owner": about[1], "heirs": now}
            yield Lack(about, places, wording="" if now else "_without_heir")


def no_programme(audited: Audited) -> Iterator[Lack]:
    """Bodies without any programme: by a relation, by a theme, or by an agency that sits there."""
    programs = own(audited.town.programs)
    owners = {owner for program in programs for owner in (*program.owner, *program.operators)}
    themes = {theme for program in programs for theme in program.themes}
    ends = [(audited.end(link.subject), audited.end(link.object)) for link in audited.town.links]
    tied = {one for pair in ends for one, other in (pair, pair[::-1]) if other[0] == "programs"}
    for body in own(audited.town.bodies):
        seats = audited.meetings.seats.get(body.id, NOBODY)
        if not (seats & owners or themes & set(body.theme) or ("bodies", body.id) in tied):
            yield Lack([("bodies", body.id)], provisions=body.basis)


def twins(audited: Audited) -> Iterator[Lack]:
    """Bodies with the same members and the same theme."""
    alike: dict[tuple[frozenset[str], tuple[str, ...]], list[str]] = defaultdict(list)
    for body in own(audited.town.bodies):
        seats = audited.meetings.seats.get(body.id, NOBODY)
        alike[seats, tuple(sorted(body.theme))].append(body.id)
    for (seats, _), bodies in alike.items():
        if len(bodies) > 1 and len(seats) > 1:
            yield Lack(keys("bodies", sorted(bodies)), {"members": keys("agencies", sorted(seats))})


def no_hand_over(audited: Audited) -> Iterator[Lack]:
    """Consultation desks that 社会福祉法106条の2 names and from which no relation leads on."""
    relations = frozenset().union(*(audited.names.family("predicates", one) for one in HAND_OVER))
    passing = {audited.end(link.subject) for link in audited.town.links if link.predicate in relations}
    article, desks = _desks(audited)
    law = audited.some(keys("provisions", article), 1)
    for program in desks:
        if passing.isdisjoint([("programs", program.id), *keys("agencies", program.operators)]):
            yield Lack([("programs", program.id)], {"law": law}, provisions=article)


def silo(audited: Audited) -> Iterator[Lack]:
    """How many of the pairs that serve the same people ever meet: one number a town can watch over years."""
    if pairs := len(audited.common_work):
        met = pairs - len(audited.apart)
        places = {"pairs": pairs, "met": met, "share": round(100 * met / pairs)}
        yield Lack([], places, key="index", severity="low" if met == pairs else "medium")


def seat(audited: Audited) -> Iterator[Lack]:
    """The one seat in a body that there is which would bring the most agencies together."""
    apart = audited.apart
    gains: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, other in apart:
        for agency, partner in ((one, other), (other, one)):
            for body in audited.meetings.bodies.get(partner, NOBODY):
                gains[agency, body].add(partner)
    if gains:
        (agency, body), partners = min(gains.items(), key=lambda gain: (-len(gain[1]), gain[0]))
        about = [("agencies", agency), ("bodies", body)]
        places: Places = {
            "agency": about[0],
            "body": about[1],
            "count": len(partners),
            "total": len(apart),
            "partners": keys("agencies", sorted(partners)),
        }
        yield Lack(about, places, key="best")


def new_body(audited: Audited) -> Iterator[Lack]:
    """The one new body, around one need, that would bring the most pairs together for each seat."""
    circles: dict[str, list[Pair]] = defaultdict(list)
    for pair, common in audited.apart.items():
        for need in common.needs:
            circles[need].append(pair)
    if circles:
        seats = {need: sorted({one for pair in pairs for one in pair}) for need, pairs in circles.items()}
        best = min(circles, key=lambda need: (-len(circles[need]) / len(seats[need]), -len(circles[need]), need))
        members = keys("agencies", seats[best])
        count = len(circles[best])
        places: Places = {"need": ("needs", best), "seats": len(members), "count": count, "members": members}
        yield Lack(members, places, key="best")


def cycles(audited: Audited) -> Iterator[Lack]:
    """Bodies that report, in the end, to themselves."""
    import networkx as nx

    reporting: nx.DiGraph[str] = nx.DiGraph()
    for body in audited.town.bodies:
        reporting.add_edges_from((body.id, to) for to in (*body.reports_to, body.parent) if to)
    for circle in sorted(map(sorted, nx.strongly_connected_components(reporting))):
        if len(circle) > 1 or reporting.has_edge(circle[0], circle[0]):
            yield Lack(keys("bodies", circle))


def cut_points(audited: Audited) -> Iterator[Lack]:
    """Agencies and bodies without which others could no longer reach each other."""
    import networkx as nx

    graph = ties(audited)
    for key in sorted(nx.articulation_points(graph)):
        beside = list(graph[key])
        graph.remove_node(key)
        parts = sorted(_components(graph, beside), key=lambda part: (-len(part), min(part)))
        graph.add_edges_from((key, one) for one in beside)
        cut = sorted(one for part in parts[1:] for one in part)
        # A single body or agency that hangs on it is no news: somebody has to be its only tie.
        if len(cut) > 1:
            yield Lack([key], {"parts": len(parts), "count": len(cut), "names": cut})


def bridges(audited: Audited) -> Iterator[Lack]:
    """Single ties that alone hold two parts of the network together."""
    import networkx as nx

    graph = ties(audited)
    single = cast("list[tuple[Key, Key]]", list(nx.bridges(graph)))  # the stubs say nodes where edges come
    for one, other in sorted((min(edge), max(edge)) for edge in single):
        graph.remove_edge(one, other)
        smaller = min(map(sorted, _components(graph, (one, other))), key=lambda side: (len(side), side[0]))
        graph.add_edge(one, other)
        if len(smaller) > 1:
            yield Lack([one, other], {"one": one, "other": other, "count": len(smaller), "names": smaller})


def ties(audited: Audited) -> "Ties":
    """Agencies and bodies, tied by seats, by reporting and by being part of a body."""
    import networkx as nx

    graph: Ties = nx.Graph()
    for body, agencies in audited.meetings.seats.items():
        graph.add_edges_from((("agencies", agency), ("bodies", body)) for agency in sorted(agencies))
    for one in audited.town.bodies:
        above = [to for to in (*one.reports_to, one.parent) if to]
        graph.add_edges_from((("bodies", one.id), ("bodies", to)) for to in above if to != one.id)
    return graph


def _components(graph: "Ties", nodes: Iterable[Key]) -> list[set[Key]]:
    """The connected components that hold any of *nodes*, each once."""
    import networkx as nx

    found: list[set[Key]] = []
    for node in nodes:
        if not any(node in one for one in found):
            found.append(nx.node_connected_component(graph, node))
    return found


def _desks(audited: Audited) -> tuple[list[str], tuple[Program, ...]]:
    """The paragraph that lists the desks, and the town's programmes that rest on what its items cite."""
    code = Code(audited.town.provisions)
    places = [one for one in audited.town.provisions if (one.article, one.paragraph) == DESKS_ARTICLE]
    items = [one for one in places if one.item and one.cites]
    served = {id for item in items for cited in item.cites for id in code.beneath(cited)}
    return sorted({item.parent for item in items if item.parent}), Carriers(audited.town).programs(served)
