"""One row of each table, as a frozen value.

Field names are the column names of ``ontology/tables.csvw.json``; a test holds the two together.
A list column is a tuple; an empty cell is ``""``, ``()`` or ``None``, or, where the three states
matter, :data:`~hazama.model.cells.NOT_RECORDED`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from enum import Enum
from typing import TypeAlias

from hazama.model.cells import NOT_RECORDED, AgeRange, Limit
from hazama.model.dates import Day

Limits: TypeAlias = Mapping[str, Limit | AgeRange]
"""One eligibility box: limits by dimension id. The value of ``age`` is an :class:`AgeRange`, of every
other dimension a :data:`Limit`; a dimension without an entry is not recorded."""


class Status(Enum):
    """How a row is known. Only stated rows count unless somebody asks for more."""

    STATED = "stated"
    """記載: a source says so."""
    INFERRED = "inferred"
    """推定: concluded by an editor; ``reason`` says how."""
    UNVERIFIED = "unverified"
    """未確認: written down, not yet checked."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row stands: the table file, the sheet if any, and the row as a spreadsheet counts it."""

    file: str
    row: int
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row can say about itself, whatever its table."""

    origin: Origin
    layer: str = ""
    """Key of the layer that the row belongs to: ``""`` is the town itself, ``national`` the law beneath it."""
    status: Status = Status.STATED
    reason: str = ""
    inferred: tuple[str, ...] = ()
    """Columns of this row whose value is an editor's inference although the row itself is stated."""
    classified: tuple[str, ...] = ()
    """Columns of this row that are an editor's classification (当方の分類), not the source's words."""
    source: tuple[str, ...] = ()
    """Ids in the sources table, or addresses."""
    locator: str = ""
    since: Day | None = None
    until: Day | None = None
    note: str = ""
    extra: Mapping[str, str] = attribute(default_factory=dict)
    """Columns that hazama does not know, kept as they are."""

    def in_force(self, day: date) -> bool:
        """Whether the row holds on *day*; an end that is not recorded does not end it."""
        begun = self.since is None or self.since.first <= day
        return begun and (self.until is None or self.until.last >= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Row):
    """A row that others can refer to."""

    id: str
    name: str
    name_en: str = ""
    reading: str = ""
    alt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(Named):
    """A unit, office, company or association (機関・部局・課); cv:PublicOrganisation or org:Organization."""

    kind: str = ""
    parent: str = ""
    zone: str = ""
    succeeds: tuple[str, ...] = ()
    corporate_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Named):
    """A meeting body (会議体); org:OrganizationalCollaboration."""

    kind: str = ""
    zone: str = ""
    parent: str = ""
    convener: tuple[str, ...] = ()
    secretariat: tuple[str, ...] = ()
    reports_to: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    basis_kind: str = ""
    basis_text: str = ""
    theme: tuple[str, ...] = ()
    succeeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Row):
    """A seat of an agency in a body; org:Membership."""

    body: str
    agency: str
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program(Named):
    """A welfare programme, initiative or scheme (事業・取組・制度); cpsv:PublicService.

    Its own row states one eligibility box, the :class:`Eligibility` rows further ones. A programme
    that has such rows and no limit at all in its own row has only their boxes.
    """

    limits: Limits = attribute(default_factory=dict)
    other_limits: str = ""
    provision: tuple[str, ...] = ()
    """Provisions that set these limits."""

    description: str = ""
    description_en: str = ""
    owner: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    needs: Limit = NOT_RECORDED
    functions: Limit = NOT_RECORDED
    field: tuple[str, ...] = ()
    reach: str = ""
    target: str = ""
    basis: tuple[str, ...] = ()
    basis_kind: str = ""
    basis_text: str = ""
    implements: tuple[str, ...] = ()
    checked: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility(Row):
    """A further eligibility box of a programme (one row is one box); cv:Requirement."""

    program: str
    limits: Limits = attribute(default_factory=dict)
    other_limits: str = ""
    provision: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable(Row):
    """A combination of the space that makes no sense and is taken out of it."""

    limits: Limits = attribute(default_factory=dict)
    needs: Limit = NOT_RECORDED
    functions: Limit = NOT_RECORDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Law(Named):
    """An act, ordinance or guideline (法令); eli:LegalResource."""

    short: str = ""
    kind: str = ""
    number: str = ""
    promulgated: Day | None = None
    egov_id: str = ""
    url: str = ""
    next_change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision(Row):
    """An article, paragraph, item or sub-item (条・項・号); eli:LegalResourceSubdivision."""

    id: str
    law: str
    parent: str = ""
    article: str = ""
    paragraph: str = ""
    item: str = ""
    subitem: str = ""
    element: str = ""
    heading: str = ""
    summary: str = ""
    summary_en: str = ""
    modality: str = ""
    modality_text: str = ""
    bearer: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    checked: Day | None = None
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Named):
    """A priority theme (重点テーマ); skos:Concept."""

    no: int | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge(Row):
    """Something the town itself names as still to do (今後の課題)."""

    id: str
    statement: str
    statement_en: str = ""
    kind: str = ""
    theme: tuple[str, ...] = ()
    target: str = ""
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class District(Named):
    """A district of the town (地区); dct:Location."""

    hub: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Row):
    """Any other relation between two rows; the ends are ``id`` or, where ids collide, ``table/id``."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Row):
    """People in one district and age band, or the share of them with a need."""

    district: str = ""
    limits: Limits = attribute(default_factory=dict)
    people: int | None = None
    need: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Row):
    """A document or page (出典); dct:BibliographicResource."""

    id: str
    title: str
    publisher: str = ""
    date: Day | None = None
    address: str = ""
    licence: str = ""
