"""What a row is and needs beyond its cells, table by table: types, titles, rules, places.

Required by CPSV-AP 3.2.0, CPOV 2.1.2 and CCCEV 2.1.0: a service has a title, a description and a
competent authority; an organisation has a place; a requirement has a plain label and a title in a
language; an agent has an identifier and a title.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from hazama.knowledge import boxes, terms
from hazama.knowledge.addresses import Addresses, row_id, scheme_term
from hazama.knowledge.mapping import Triple
from hazama.knowledge.vocabulary import IDENTIFIER, LABEL, NOT_RECORDED, TITLE, A, term
from hazama.knowledge.vocabulary import terms as several
from hazama.model.boxes import is_limited
from hazama.model.records import (
    Agency,
    Demand,
    District,
    Eligibility,
    Link,
    NotApplicable,
    Program,
    Provision,
    Row,
    Theme,
)
from hazama.model.town import Municipality
from hazama.resources import words

TYPES: Mapping[str, tuple[str, ...]] = {
    "agencies": several("org:Organization"),
    "bodies": several("org:OrganizationalCollaboration", "org:Organization"),
    "members": several("org:Membership"),
    "programs": several("cpsv:PublicService"),
    "eligibility": several("cv:Requirement"),
    "laws": several("eli:LegalResource"),
    "provisions": several("eli:LegalResourceSubdivision", "eli:LegalResource"),
    "themes": several("hz:Theme", "skos:Concept"),
    "challenges": several("hz:Challenge"),
    "districts": several("dct:Location"),
    "links": several("rdf:Statement"),
    "demand": several("hz:Demand"),
    "not_applicable": several("hz:NotApplicable"),
    "sources": several("dct:BibliographicResource", "foaf:Document"),
}
"""The classes of the rows of each table."""

OWNER_NOT_RECORDED = "owner-not-recorded"
"""Name of the node that stands for an owner that nobody has recorded, one a layer."""

_PUBLIC, _UNIT = several("cv:PublicOrganisation", "org:OrganizationalUnit")
_PLACE, _SCHEME, _WITHIN, _PLACE_NAME = several("dct:spatial", "skos:inScheme", "geo:sfWithin", "locn:geographicName")
DESCRIPTION, _AUTHORITY = several("dct:description", "cv:hasCompetentAuthority")
_FOLLOWS, _IMPLEMENTS, _RULE = several("cpsv:follows", "cpsv:implements", "cpsv:Rule")
_HOLDS, _REQUIREMENT = several("cv:holdsRequirement", "cv:Requirement")
_OTHER_LIMITS, _LIMIT_SET_BY = several("hz:otherLimits", "hz:limitSetBy")
_SCHEME_TYPE = term("skos:ConceptScheme")
_WORDS = words("graph")


class Entities:
    """What the rows of one town need beyond their cells."""

    def __init__(self, town: Municipality, addresses: Addresses) -> None:
        self._addresses = addresses
        self._boxed = {addresses.reference(("programs",), row.program, row.layer) for row in town.eligibility}
        self._owners = {
            addresses.reference(("agencies",), owner, row.layer) for row in town.programs for owner in row.owner
        }
        self._of: Mapping[str, Callable[[str, Any], Iterable[Triple]]] = {
            "agencies": self.agency,
            "programs": self.program,
            "eligibility": self.eligibility,
            "provisions": self.provision,
            "themes": self.theme,
            "districts": self.district,
            "links": self.link,
            "demand": self.demand,
            "not_applicable": self.not_applicable,
        }

    def beyond_cells(self, table: str, subject: str, row: Row) -> list[Triple]:
        """The types of a row and what its table asks of it besides."""
        stated = [(subject, A, type_) for type_ in TYPES[table]]
        if table in self._of:
            stated += self._of[table](subject, row)
        return stated

    def agency(self, subject: str, row: Agency) -> Iterator[Triple]:
        """A public organisation where the tables show one: inside the city office, or in charge of a programme."""
        if row.zone == "inside" or subject in self._owners:
            yield subject, A, _PUBLIC
            yield subject, _PLACE, self._addresses.within(row.layer, "place")
            if row.parent:
                yield subject, A, _UNIT

    def program(self, subject: str, row: Program) -> list[Triple]:
        """Title, description, authority, needs, functions, rule and eligibility box of a service."""
        stated = _titles(subject, row.name, row.name_en)
        if not row.description:
            stated += [(subject, DESCRIPTION, terms.text(row.name, "ja")), (subject, NOT_RECORDED, DESCRIPTION)]
        if not row.owner:
            stated.append((subject, _AUTHORITY, self._addresses.within(row.layer, OWNER_NOT_RECORDED)))
        stated += boxes.classes(subject, "programs", row, self._addresses)
        if row.basis or row.basis_text:
            stated += self._rule(subject, row)
        if is_limited(row.limits) or row.other_limits or row.provision or subject not in self._boxed:
            stated += self._own_box(subject, row)
        return stated

    def eligibility(self, subject: str, row: Eligibility) -> Iterator[Triple]:
        """A further box of a programme."""
        program = self._addresses.target(("programs",), row.program, row.layer)
        names = (program.name, program.name_en) if isinstance(program, Program) else (row.program, "")
        yield self._addresses.reference(("programs",), row.program, row.layer), _HOLDS, subject
        yield from _requirement(subject, names, f"eligibility/{row_id(row)}")
        yield from boxes.limits(subject, "eligibility", row.limits, row.layer, self._addresses)

    def provision(self, subject: str, row: Provision) -> Iterator[Triple]:
        """A provision is labelled by its heading, or by its id."""
        yield subject, LABEL, terms.text(row.heading, "ja") if row.heading else terms.literal(row.id)

    def theme(self, subject: str, row: Theme) -> Iterator[Triple]:
        """A theme is a concept of the layer's own list."""
        scheme = self._addresses.within(row.layer, "themes")
        yield subject, _SCHEME, scheme
        yield scheme, A, _SCHEME_TYPE
        yield from _labels(scheme, "scheme_themes")

    def district(self, subject: str, row: District) -> Iterator[Triple]:
        """A district lies in its town and is a value of the dimension of districts."""
        yield subject, _PLACE_NAME, terms.text(row.name, "ja")
        yield subject, _WITHIN, self._addresses.within(row.layer, "place")
        yield subject, _SCHEME, scheme_term("district")

    def link(self, subject: str, row: Link) -> Iterator[Triple]:
        """The relation itself; its row is the statement about it."""
        ends = [self._addresses.end(end, row.layer) for end in (row.subject, row.object)]
        predicate = self._addresses.concept("predicates", row.predicate)
        yield ends[0], predicate, ends[1]

    def demand(self, subject: str, row: Demand) -> Iterator[Triple]:
        """The people of an age band; a blank end leaves it open."""
        yield from boxes.recorded(boxes.limits(subject, "demand", row.limits, row.layer, self._addresses))

    def not_applicable(self, subject: str, row: NotApplicable) -> Iterator[Triple]:
        """A combination; a blank dimension stands for all its values."""
        addresses = self._addresses
        yield from boxes.recorded(boxes.limits(subject, "not_applicable", row.limits, row.layer, addresses))
        yield from boxes.recorded(boxes.classes(subject, "not_applicable", row, addresses))

    def _rule(self, service: str, row: Program) -> list[Triple]:
        rule = part(service, "rule")
        ja, en = _named("rule_title", row.name, row.name_en)
        return [
            (service, _FOLLOWS, rule),
            (rule, A, _RULE),
            (rule, IDENTIFIER, terms.literal(f"{row.id}/rule")),
            *_titles(rule, ja, en),
            (rule, DESCRIPTION, terms.text(row.basis_text or ja, "ja")),
            *((rule, _IMPLEMENTS, provision) for provision in self._provisions(row.basis, row.layer)),
        ]

    def _own_box(self, service: str, row: Program) -> list[Triple]:
        box = part(service, "box")
        stated = [(service, _HOLDS, box), (box, A, _REQUIREMENT)]
        stated += _requirement(box, (row.name, row.name_en), f"{row.id}/box")
        if row.other_limits:
            stated.append((box, _OTHER_LIMITS, terms.text(row.other_limits, "ja")))
        stated += [(box, _LIMIT_SET_BY, provision) for provision in self._provisions(row.provision, row.layer)]
        return stated + boxes.limits(box, "programs", row.limits, row.layer, self._addresses)

    def _provisions(self, ids: tuple[str, ...], layer: str) -> list[str]:
        return [self._addresses.reference(("provisions",), id, layer) for id in ids]


def part(subject: str, name: str) -> str:
    """The term of a named part of something."""
    return f"{subject[:-1]}/{name}>"


def _requirement(box: str, program: tuple[str, str], identifier: str) -> list[Triple]:
    ja, en = _named("requirement_title", *program)
    return [(box, IDENTIFIER, terms.literal(identifier)), (box, LABEL, terms.literal(ja)), *_titles(box, ja, en)]


def _titles(subject: str, ja: str, en: str) -> list[Triple]:
    stated = [(subject, TITLE, terms.text(ja, "ja"))]
    return [*stated, (subject, TITLE, terms.text(en, "en"))] if en else stated


def _labels(subject: str, id: str) -> Iterator[Triple]:
    for lang, label in _WORDS[id].items():
        yield subject, LABEL, terms.text(label, lang)


def _named(id: str, ja: str, en: str) -> tuple[str, str]:
    """Words about a thing in Japanese, and in English where the thing has an English name."""
    both = _WORDS[id]
    return both["ja"].format(name=ja), both["en"].format(name=en) if en else ""
