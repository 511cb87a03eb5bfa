"""Where every meeting body stands: zones, bodies inside bodies, members, conveners, proposals and reports (図4)."""

from collections.abc import Iterator
from dataclasses import replace

from hazama.figures.asked import UNPLACED, Asked
from hazama.figures.scene import Box, Line, Sketch, ancestors, outermost
from hazama.knowledge.labels import Key
from hazama.model.records import Body, Link, Member, Row, Status

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
        self.nested = self._nesting()

    def sketch(self) -> Sketch:
        for body in self.bodies.values():
            self._body(body)
        for body in self.bodies.values():
            for target in body.reports_to:
                self._reports(body, ("bodies", target))
        for one, link, other in self.asked.links:
            self._link(one, link, other)
        if self.asked.wishes.gaps:
            self._gaps()
        return self.asked.sketch()

    def _nesting(self) -> dict[str, tuple[str, Row]]:
        """Return the body around each body that stands inside another, never in a circle."""
        around: dict[str, tuple[str, Row]] = {
            body.id: (body.parent, body) for body in self.bodies.values() if body.parent in self.bodies
        }
        for one, link, other in self.asked.links_by("nest"):
            if one[0] == other[0] == "bodies" and one[1] in self.bodies and other[1] in self.bodies:
                around.setdefault(one[1], (other[1], link))
        parents = {body: parent for body, (parent, _) in around.items()}
        return {body: outer for body, outer in around.items() if outermost(body, parents) not in parents}

    def _body(self, body: Body) -> None:
        """Add a body's box with its captions, and boxes in it for its members as long as they are few."""
        key: Key = ("bodies", body.id)
        parent, row = self.nested.get(body.id, ("", body))
        if parent:
            self.asked.state(key, "part_of", ("bodies", parent), row, "nested")
        self.asked.used.append(body)
        seats = [member for member in self.asked.town.members if member.body == body.id]
        boxed = [seat for seat in seats if seat.role in ("", "member") and seat.agency in self.agencies]
        boxed = boxed if len(boxed) <= self.template.number("most_members", 6) else []
        self.asked.item(
            key,
            "body",
            body.zone or UNPLACED,
            parent=f"bodies/{parent}" if parent else "",
            captions=tuple(self._captions(body, seats, boxed)),
            status=body.status if body.status is not Status.STATED else row.status,
        )
        for seat in boxed:
            self.asked.agency(self.agencies[seat.agency], inside=body.id)

    def _captions(self, body: Body, seats: list[Member], boxed: list[Member]) -> Iterator[str]:
        key: Key = ("bodies", body.id)
        for column in ("convener", "secretariat"):
            agencies = getattr(body, column)
            for agency in agencies:
                self.asked.state(key, column, ("agencies", agency), body, "caption", self.asked.status(body, column))
            if agencies:
                yield self.asked.say(f"{column}_caption", names=self._listed(agencies))
        for seat in seats:
            shown = "nested" if seat in boxed else "caption"
            self.asked.state(key, seat.role or "member", ("agencies", seat.agency), seat, shown)
        others = tuple(seat.agency for seat in seats if seat not in boxed)
        if others:
            yield self.asked.say("seats_caption", names=self._listed(others))

    def _listed(self, agencies: tuple[str, ...]) -> str:
        names = "・".join(self.asked.name("agencies", agency) for agency in agencies[:LISTED])
        more = len(agencies) - LISTED
        return names + (self.asked.say("and_more", count=more) if more > 0 else "")

    def _reports(self, body: Body, other: Key) -> None:
        one, status = ("bodies", body.id), self.asked.status(body, "reports_to")
        drawn = other[1] in self.bodies and not self._inside_each_other(one, other)
        self.asked.state(one, "reports_to", other, body, "line" if drawn else "table", status)
        if drawn:
            self._tie(one, "reports_to", other, status)

    def _link(self, one: Key, link: Link, other: Key) -> None:
        """Draw a relation of a body; with agencies only those the template names, the others go to the table."""
        ends = [key for key in (one, other) if key[0] == "bodies"]
        nests = self.nested.get(one[1], ("", None))[1] is link
        if not ends or any(key[1] not in self.bodies for key in ends) or nests:
            return
        among_bodies = len(ends) == 2 and not self._inside_each_other(one, other)
        with_agency = {one[0], other[0]} == {"bodies", "agencies"}
        if among_bodies or (with_agency and link.predicate in self.template.strings("agency_lines")):
            for table, row_id in (one, other):
                if table == "agencies" and f"agencies/{row_id}" not in self.asked.boxes and row_id in self.agencies:
                    self.asked.agency(self.agencies[row_id])
            self._tie(one, link.predicate, other, link.status)
            self.asked.state(one, link.predicate, other, link, "line")
        elif with_agency or len(ends) == 2:
            self.asked.state(one, link.predicate, other, link, "table")

    def _inside_each_other(self, one: Key, other: Key) -> bool:
        """Tell whether two bodies are one or stand in each other: their place says it, a line would not."""
        parents = {body: parent for body, (parent, _) in self.nested.items()}
        return one[1] in ancestors(other[1], parents) or other[1] in ancestors(one[1], parents)

    def _gaps(self) -> None:
        """Add a hatched box to every body in which an audit misses something, and to every zone without a body."""
        from hazama.audits.run import audit

        missing: dict[str, dict[str, None]] = {}
        for finding in audit(self.asked.whole, self.asked.scope, self.template.strings("gaps")):
            for subject in finding.subjects:
                if subject in self.asked.boxes:
                    missing.setdefault(subject, {})[self.asked.say(finding.audit)] = None
        for box, names in missing.items():
            said = self.asked.say("gap", names=self.joint.join(names))
            self.asked.box(Box(f"{box}/gap", said, "gap", self.asked.boxes[box].zone, box))
        filled = {item.zone for item in self.asked.boxes.values()}
        for zone in self.template.zones:
            if zone.id not in filled:
                self.asked.box(Box(f"{zone.id}/gap", self.asked.say("no_body"), "gap", zone.id))

    def _tie(self, one: Key, predicate: str, other: Key, status: Status) -> None:
        """Add a line; two bodies with several relations get one line with the words of all."""
        source, target = "/".join(one), "/".join(other)
        words = self.asked.predicate(predicate)
        both = predicate in self.template.strings("both_ways")
        pair = (frozenset((source, target)), status)
        known = self.asked.lines.get(pair)
        if known is None:
            self.asked.lines[pair] = Line(source, target, words, predicate, status, (both, True))
            return
        texts = known.text.split(self.joint)
        heads = (both, True) if known.source == source else (True, both)
        self.asked.lines[pair] = replace(
            known,
            text=known.text if words in texts else self.joint.join([*texts, words]),
            kind=known.kind if predicate in known.kind.split("+") else f"{known.kind}+{predicate}",
            heads=(known.heads[0] or heads[0], known.heads[1] or heads[1]),
        )
