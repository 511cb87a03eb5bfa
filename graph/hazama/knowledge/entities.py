"""What a row is and needs beyond its cells, table by table: types, titles, rules, places.

Required by CPSV-AP 3.2.0, CPOV 2.1.2 and CCCEV 2.1.0: a service has a title, a description and a
competent authority; an organisation has a place; a requirement has a plain label and a title in a
language; an agent has an identifier and a title.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from hazama.knowledge.addresses import Addresses, row_id, scheme_term
from hazama.knowledge.mapping import Writer, writers, written
from hazama.knowledge.terms import Triple, literal, text
from hazama.knowledge.vocabulary import A, about, both, labels, term, terms
from hazama.model.boxes import is_limited
from hazama.model.records import Agency, District, Eligibility, Link, Program, Provision, Row, Theme
from hazama.model.town import Municipality
from hazama.resources import words
from hazama.tables.columns import Column, declaration

TYPES: Mapping[str, tuple[str, ...]] = {
    "agencies": terms("org:Organization"),
    "bodies": terms("org:OrganizationalCollaboration", "org:Organization"),
    "members": terms("org:Membership"),
    "programs": terms("cpsv:PublicService"),
    "eligibility": terms("cv:Requirement"),
    "laws": terms("eli:LegalResource"),
    "provisions": terms("eli:LegalResourceSubdivision", "eli:LegalResource"),
    "themes": terms("hz:Theme", "skos:Concept"),
    "challenges": terms("hz:Challenge"),
    "districts": terms("dct:Location"),
    "links": terms("rdf:Statement"),
    "demand": terms("hz:Demand"),
    "not_applicable": terms("hz:NotApplicable"),
    "sources": terms("dct:BibliographicResource", "foaf:Document"),
}
"""The classes of the rows of each table."""

OWNER_NOT_RECORDED = "owner-not-recorded"
"""Name of the node that stands for an owner that nobody has recorded, one a layer."""

_WORDS = words("graph")


class Entities:
    """What the rows of one town need beyond their cells."""

    def __init__(self, town: Municipality, addresses: Addresses) -> None:
        self._addresses = addresses
        self._boxed = {addresses.reference(("programs",), row.program, row.layer) for row in town.eligibility}
        self._owners = {
            addresses.reference(("agencies",), owner, row.layer) for row in town.programs for owner in row.owner
        }
        self._box: list[Writer] = writers(
            (column for column in declaration()["programs"].columns if is_of_box("programs", column)), addresses
        )
        self._of: Mapping[str, Callable[[str, Any], Iterable[Triple]]] = {
            "agencies": self._agency,
            "programs": self._program,
            "eligibility": self._eligibility,
            "provisions": lambda subject, row: about(subject, {"skos:prefLabel": provision_label(row)}),
            "themes": self._theme,
            "districts": self._district,
            "links": self._link,
        }

    def beyond_cells(self, table: str, subject: str, row: Row) -> list[Triple]:
        """The types of a row and what its table asks of it besides."""
        stated = [(subject, A, type_) for type_ in TYPES[table]]
        return [*stated, *self._of[table](subject, row)] if table in self._of else stated

    def public(self, subject: str, row: Agency) -> Iterator[Triple]:
        """A public organisation where the tables show one: inside the city office, or in charge of a programme."""
        if row.zone == "inside" or subject in self._owners:
            place = self._addresses.within(row.layer, "place")
            yield from about(subject, {"rdf:type": term("cv:PublicOrganisation"), "dct:spatial": place})

    def _agency(self, subject: str, row: Agency) -> Iterator[Triple]:
        stated = list(self.public(subject, row))
        yield from stated
        if stated and row.parent:
            yield subject, A, term("org:OrganizationalUnit")

    def _program(self, subject: str, row: Program) -> Iterator[Triple]:
        yield from about(subject, {"dct:title": both(row.name, row.name_en)})
        if not row.description:
            missing = term("dct:description")
            yield from about(subject, {"dct:description": text(row.name, "ja"), "hz:notRecorded": missing})
        if not row.owner:
            nobody = self._addresses.within(row.layer, OWNER_NOT_RECORDED)
            yield from about(subject, {"cv:hasCompetentAuthority": nobody})
        if row.basis or row.basis_text:
            yield from self._rule(subject, row)
        if is_limited(row.limits) or row.other_limits or row.provision or subject not in self._boxed:
            box = part(subject, "box")
            yield box, A, term("cv:Requirement")
            yield from _requirement(subject, box, (row.name, row.name_en), f"{row.id}/box")
            yield from written(box, row, self._box)

    def _eligibility(self, subject: str, row: Eligibility) -> Iterator[Triple]:
        program = self._addresses.target(("programs",), row.program, row.layer)
        names = (program.name, program.name_en) if isinstance(program, Program) else (row.program, "")
        holder = self._addresses.reference(("programs",), row.program, row.layer)
        return _requirement(holder, subject, names, f"eligibility/{row_id(row)}")

    def _theme(self, subject: str, row: Theme) -> Iterator[Triple]:
        scheme = self._addresses.within(row.layer, "themes")
        yield from about(subject, {"skos:inScheme": scheme})
        yield from about(scheme, {"rdf:type": term("skos:ConceptScheme"), "skos:prefLabel": labels("scheme_themes")})

    def _district(self, subject: str, row: District) -> Iterator[Triple]:
        within = self._addresses.within(row.layer, "place")
        name, dimension = text(row.name, "ja"), scheme_term("district")
        return about(subject, {"locn:geographicName": name, "geo:sfWithin": within, "skos:inScheme": dimension})

    def _link(self, subject: str, row: Link) -> Iterator[Triple]:
        """The relation itself; its row is the statement about it."""
        start, end = (self._addresses.end(end, row.layer) for end in (row.subject, row.object))
        yield start, self._addresses.concept("predicates", row.predicate), end

    def _rule(self, service: str, row: Program) -> Iterator[Triple]:
        rule, (ja, en) = part(service, "rule"), _named("rule_title", row.name, row.name_en)
        yield from about(service, {"cpsv:follows": rule})
        yield from about(
            rule,
            {
                "rdf:type": term("cpsv:Rule"),
                "dct:identifier": literal(f"{row.id}/rule"),
                "dct:title": both(ja, en),
                "dct:description": text(row.basis_text or ja, "ja"),
                "cpsv:implements": [self._addresses.reference(("provisions",), id, row.layer) for id in row.basis],
            },
        )


def is_of_box(table: str, column: Column) -> bool:
    """Whether a column of a programme speaks of its eligibility box, which is a node of its own."""
    return table == "programs" and bool(column.dimension or column.name in ("other_limits", "provision"))


def provision_label(row: Provision) -> str:
    """A provision is labelled by its heading, or by its id."""
    return text(row.heading, "ja") if row.heading else literal(row.id)


def part(subject: str, name: str) -> str:
    """The term of a named part of something."""
    return f"{subject[:-1]}/{name}>"


def _requirement(holder: str, box: str, program: tuple[str, str], identifier: str) -> Iterator[Triple]:
    ja, en = _named("requirement_title", *program)
    yield from about(holder, {"cv:holdsRequirement": box})
    said = {"dct:identifier": literal(identifier), "skos:prefLabel": literal(ja), "dct:title": both(ja, en)}
    yield from about(box, said)


def _named(id: str, ja: str, en: str) -> tuple[str, str]:
    """Words about a thing in Japanese, and in English where the thing has an English name."""
    both = _WORDS[id]
    return both["ja"].format(name=ja), both["en"].format(name=en) if en else ""
