"""Where every meeting body stands: zones, bodies inside bodies, members, conveners, proposals and reports (図4)."""

from collections.abc import Iterator
from dataclasses import replace

from hazama.figures.asked import UNPLACED, Asked
from hazama.figures.sketch import Item, Sketch, Tie
from hazama.knowledge.labels import Key
from hazama.model.records import Agency, Body, Link, Member, Row, Status

LISTED = 2
JOINTS = {"ja": "、", "en": "; "}


def bodies(asked: Asked) -> Sketch:
    """Return the sketch of a town's meeting bodies.

    Options: ``leave_out`` kinds of bodies; ``nest`` predicates that put a body inside another; ``agency_lines``
    predicates drawn between a body and an agency (between two bodies every relation is drawn); ``both_ways``
    predicates with an arrow at each end; ``most_members`` boxes of members in one body, more are counted;
    ``gaps`` audits whose findings are drawn on wish.
    """
    return _Bodies(asked).sketch()


class _Bodies:
    def __init__(self, asked: Asked) -> None:
        self.asked, self.template = asked, asked.template
        self.joint = JOINTS[asked.wishes.lang]
        left_out = self.template.strings("leave_out")
        self.bodies = {body.id: body for body in asked.town.bodies if body.kind not in left_out}
        self.agencies = {agency.id: agency for agency in asked.town.agencies}
        self.nested = dict(self._nesting())
        self.items: dict[str, Item] = {}
        self.ties: dict[tuple[str, str, str], Tie] = {}

    def sketch(self) -> Sketch:
        for body in self.bodies.values():
            self._body(body)
            self._members(body)
        for body in self.bodies.values():
            self._reports(body)
        for one, link, other in self.asked.links:
            self._link(one, link, other)
        if self.asked.wishes.gaps:
            self._gaps()
        return self.asked.sketch(tuple(self.items.values()), tuple(self.ties.values()))

    def _nesting(self) -> Iterator[tuple[str, tuple[str, Row]]]:
        """Yield the body around each body that stands inside another, never in a circle."""
        around: dict[str, tuple[str, Row]] = {}
        for body in self.bodies.values():
            if body.parent in self.bodies:
                around[body.id] = (body.parent, body)
        for one, link, other in self.asked.links:
            both = one[0] == other[0] == "bodies" and one[1] in self.bodies and other[1] in self.bodies
            if both and link.predicate in self.template.strings("nest"):
                around.setdefault(one[1], (other[1], link))
        for body_id, (parent, row) in around.items():
            if not _leads_back(body_id, parent, around):
                yield body_id, (parent, row)

    def _body(self, body: Body) -> None:
        parent, row = self.nested.get(body.id, ("", body))
        if parent:
            self.asked.state(("bodies", body.id), "part_of", ("bodies", parent), row, "nested")
        self.asked.used.append(body)
        self.items[f"bodies/{body.id}"] = self.asked.item(
            ("bodies", body.id),
            "body",
            body.zone or UNPLACED,
            parent=f"bodies/{parent}" if parent else "",
            captions=tuple(self._captions(body)),
            status=body.status if body.status is not Status.STATED else row.status,
        )

    def _captions(self, body: Body) -> Iterator[str]:
        for column in ("convener", "secretariat"):
            agencies = getattr(body, column)
            for agency in agencies:
                self.asked.state(
                    ("bodies", body.id), column, ("agencies", agency), body, "caption", self.asked.status(body, column)
                )
            if agencies:
                yield self.asked.say(f"{column}_caption", names=self._listed(agencies))
        others = [member.agency for member in self._seats(body) if not self._boxed(body, member)]
        for member in self._seats(body):
            shown = "nested" if self._boxed(body, member) else "caption"
            self.asked.state(("bodies", body.id), member.role or "member", ("agencies", member.agency), member, shown)
        if others:
            yield self.asked.say("seats_caption", names=self._listed(tuple(others)))

    def _listed(self, agencies: tuple[str, ...]) -> str:
        names = "・".join(self.asked.name("agencies", agency) for agency in agencies[:LISTED])
        more = len(agencies) - LISTED
        return names + (self.asked.say("and_more", count=more) if more > 0 else "")

    def _seats(self, body: Body) -> list[Member]:
        return [member for member in self.asked.town.members if member.body == body.id]

    def _boxed(self, body: Body, member: Member) -> bool:
        """Tell whether a seat gets a box of its own: members do, as long as they are few."""
        members = [seat for seat in self._seats(body) if seat.role in ("", "member") and seat.agency in self.agencies]
        return member in members and len(members) <= self.template.number("most_members", 6)

    def _members(self, body: Body) -> None:
        for member in self._seats(body):
            if self._boxed(body, member):
                item = self.asked.agency(self.agencies[member.agency], inside=body.id)
                self.items[item.id] = item

    def _reports(self, body: Body) -> None:
        for target in body.reports_to:
            key: Key = ("bodies", target)
            drawn = target in self.bodies and not self._inside_each_other(("bodies", body.id), key)
            shown = "line" if drawn else "table"
            status = self.asked.status(body, "reports_to")
            self.asked.state(("bodies", body.id), "reports_to", key, body, shown, status)
            if drawn:
                self._tie(("bodies", body.id), "reports_to", key, status)

    def _link(self, one: Key, link: Link, other: Key) -> None:
        """Draw a relation of a body; with agencies only those the template names, the others go to the table."""
        ends = [key for key in (one, other) if key[0] == "bodies"]
        if not ends or any(key[1] not in self.bodies for key in ends) or self._nests(one, link):
            return
        among_bodies = len(ends) == 2 and not self._inside_each_other(one, other)
        with_agency = {one[0], other[0]} == {"bodies", "agencies"}
        if among_bodies or (with_agency and link.predicate in self.template.strings("agency_lines")):
            for key in (one, other):
                self._agency(key)
            self._tie(one, link.predicate, other, link.status)
            self.asked.state(one, link.predicate, other, link, "line")
        elif with_agency or len(ends) == 2:
            self.asked.state(one, link.predicate, other, link, "table")

    def _inside_each_other(self, one: Key, other: Key) -> bool:
        """Tell whether two bodies are one or stand in each other: their place says it, a line would not."""
        return one[1] in self._around(other[1]) or other[1] in self._around(one[1])

    def _around(self, body: str) -> list[str]:
        around = [body]
        while around[-1] in self.nested:
            around.append(self.nested[around[-1]][0])
        return around

    def _nests(self, one: Key, link: Link) -> bool:
        return one[0] == "bodies" and self.nested.get(one[1], ("", None))[1] is link

    def _agency(self, key: Key) -> None:
        agency = self.agencies.get(key[1]) if key[0] == "agencies" else None
        if isinstance(agency, Agency):
            self.items.setdefault(f"agencies/{agency.id}", self.asked.agency(agency))

    def _gaps(self) -> None:
        """Add a hatched box to every body in which an audit misses something, and to every zone without a body."""
        from hazama.audits.run import audit

        missing: dict[str, dict[str, None]] = {}
        for finding in audit(self.asked.whole, self.asked.scope, self.template.strings("gaps")):
            for subject in finding.subjects:
                if subject in self.items:
                    missing.setdefault(subject, {})[self.asked.say(finding.audit)] = None
        for box, names in missing.items():
            said = self.asked.say("gap", names=self.joint.join(names))
            self.items[f"{box}/gap"] = Item(f"{box}/gap", said, "gap", self.items[box].area, box)
        filled = {item.area for item in self.items.values()}
        for zone in self.template.zones:
            if zone.id not in filled:
                self.items[f"{zone.id}/gap"] = Item(f"{zone.id}/gap", self.asked.say("no_body"), "gap", zone.id)

    def _tie(self, one: Key, predicate: str, other: Key, status: Status) -> None:
        """Add a line; two bodies with several relations get one line with the words of all."""
        source, target = "/".join(one), "/".join(other)
        words = self.asked.predicate(predicate)
        both = predicate in self.template.strings("both_ways")
        pair = (min(source, target), max(source, target), status.value)
        known = self.ties.get(pair)
        if known is None:
            self.ties[pair] = Tie(source, target, words, predicate, status, (both, True))
            return
        texts = known.text.split(self.joint)
        heads = (both, True) if known.source == source else (True, both)
        self.ties[pair] = replace(
            known,
            text=known.text if words in texts else self.joint.join([*texts, words]),
            kind=known.kind if predicate in known.kind.split("+") else f"{known.kind}+{predicate}",
            heads=(known.heads[0] or heads[0], known.heads[1] or heads[1]),
        )


def _leads_back(body: str, parent: str, around: dict[str, tuple[str, Row]]) -> bool:
    seen = {body}
    while parent:
        if parent in seen:
            return True
        seen.add(parent)
        parent = around.get(parent, ("", None))[0]
    return False
