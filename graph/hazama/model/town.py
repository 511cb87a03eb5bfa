"""A town: every row of every table of it and of the layers it stands on, as one frozen value."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, get_args, get_type_hints

from hazama.model import records
from hazama.model.concepts import Concept, Dimension, Scheme
from hazama.model.records import Row

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Layer:
    """Where rows come from: the town itself (key ``""``) or a folder that it stands on (``national``)."""

    key: str
    name: str
    name_en: str
    base: str
    """Base IRI, ends in a slash; rows become ``<base><table>/<id>``."""
    code: str = ""
    """全国地方公共団体コード, six digits with its check digit."""
    licence: str = ""
    as_of: date | None = None
    publisher: str = ""
    stands_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A town (自治体) with all its tables; the layers beneath are merged in, each row knows its layer."""

    layers: tuple[Layer, ...]
    """The town first, then the layers it stands on."""
    agencies: tuple[records.Agency, ...] = ()
    bodies: tuple[records.Body, ...] = ()
    members: tuple[records.Member, ...] = ()
    programs: tuple[records.Program, ...] = ()
    eligibility: tuple[records.Eligibility, ...] = ()
    laws: tuple[records.Law, ...] = ()
    provisions: tuple[records.Provision, ...] = ()
    themes: tuple[records.Theme, ...] = ()
    challenges: tuple[records.Challenge, ...] = ()
    districts: tuple[records.District, ...] = ()
    links: tuple[records.Link, ...] = ()
    demand: tuple[records.Demand, ...] = ()
    not_applicable: tuple[records.NotApplicable, ...] = ()
    sources: tuple[records.Source, ...] = ()
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    """Concept lists by name: ``schemes["needs"]["withdrawal"]``."""
    space: tuple[Dimension, ...] = ()
    beyond: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    """Rows that a view leaves out, by table and id: rows that stay may still name them."""

    @property
    def layer(self) -> Layer:
        """The town itself."""
        return self.layers[0]

    @property
    def name(self) -> str:
        """The town's name in Japanese."""
        return self.layer.name

    def tables(self) -> Iterator[tuple[str, tuple[Row, ...]]]:
        """Each table's name with its rows, in the order of the declaration."""
        for name in RECORDS:
            yield name, getattr(self, name)

    def concept(self, scheme: str, id: str) -> Concept | None:
        """A concept by scheme and id, or None."""
        return self.schemes.get(scheme, {}).get(id)


NOT_TABLES = frozenset({"layers", "schemes", "space", "beyond"})

RECORDS: Mapping[str, type[Row]] = {
    name: get_args(hint)[0] for name, hint in get_type_hints(Municipality).items() if name not in NOT_TABLES
}
"""The class of the rows of each table."""


def rows_by_id(town: Municipality) -> dict[tuple[str, str], Row]:
    """Every row that can be referred to, by table and id."""
    return {(table, row.id): row for table, rows in town.tables() for row in rows if hasattr(row, "id")}


def own(rows: Iterable[R]) -> list[R]:
    """The rows of the town itself, without those of the layers it stands on."""
    return [row for row in rows if not row.layer]
