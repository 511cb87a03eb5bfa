"""The one declaration of all tables and columns, read from CSVW metadata into frozen values.

``ontology/tables.csvw.json`` declares the tables of a town, ``ontology/concepts.csvw.json`` the
lists of concepts that a town may add. CSVW: https://www.w3.org/TR/tabular-metadata/
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, TypeAlias
from unicodedata import normalize

from hazama import resources
from hazama.model.names import normalised
from hazama.resources import words

HZ = "https://w3id.org/hazama/ns#"
ANY = "any"

Kind: TypeAlias = Literal[
    "id",
    "text",
    "concept",
    "reference",
    "limit",
    "class",
    "age",
    "ages",
    "day",
    "url",
    "corporate_number",
    "source",
    "columns",
    "integer",
    "decimal",
]
"""How the text of a cell is read; with a separator, a list of them."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    ja: tuple[str, ...]
    """Headings in Japanese, the preferred one first."""
    en: tuple[str, ...]
    """Headings in English, the preferred one first."""
    about_ja: str
    about_en: str
    kind: Kind
    required: bool
    separator: str
    """What stands between the items of a list; ``""`` for a single value."""
    scheme: str
    """Name of the concept list that the values come from, or ``""``."""
    references: tuple[str, ...]
    """Tables that the values refer to; ``("any",)`` for all of them."""
    states: str
    """IRI of the property that the column states."""
    lang: str = ""
    """Language of the cell's text (BCP 47), or ``""`` for what is no language."""

    @property
    def dimension(self) -> str:
        """Id of the dimension of the space that the column limits, or ``""``."""
        if self.kind in ("age", "ages"):
            return "age"
        return self.name if self.kind == "limit" else ""

    def title(self, lang: str) -> str:
        """The preferred heading in ``ja`` or ``en``."""
        return self.en[0] if lang == "en" else self.ja[0]

    def about(self, lang: str) -> str:
        """What to write in the column, in ``ja`` or ``en``."""
        return self.about_en if lang == "en" else self.about_ja


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name (the CSV file is ``<name>.csv``), titles and columns."""

    name: str
    ja: str
    en: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """Name of the CSV file."""
        return f"{self.name}.csv"

    @property
    def has_ids(self) -> bool:
        """Whether other rows can refer to the rows of this table."""
        return any(column.kind == "id" for column in self.columns)

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)

    def title(self, lang: str) -> str:
        """The title of the table in ``ja`` or ``en``."""
        return self.en if lang == "en" else self.ja


@cache
def declaration() -> Mapping[str, Table]:
    """The tables of a town by name, in the order of the declaration."""
    return _tables("ontology/tables.csvw.json")


@cache
def concept_table() -> Table:
    """The columns of a concept list, which is the same for every scheme."""
    return next(iter(_tables("ontology/concepts.csvw.json").values()))


@cache
def table_named(name: str) -> Table | None:
    """The table that a file, a sheet or a person means: by its name or title, or one word of the title.

    >>> [table_named(name).name for name in ("programs", "事業一覧", "会議体", "Meeting bodies")]
    ['programs', 'programs', 'bodies', 'bodies']
    """
    wanted = normalised(re.sub("(?:の?一覧表?|リスト|表)$", "", normalize("NFKC", name).strip()))
    for table in declaration().values():
        if wanted in map(normalised, (table.name, table.ja, table.en, *table.ja.split("・"))):
            return table
    return None


@cache
def by_heading(table: Table) -> Mapping[str, Column]:
    """Columns by every heading they go by; a name is stronger than a title, a title than an alias.

    対象年齢 stands for a column that an office has in place of both ends of an age range.
    """
    names = [(column.name, column) for column in table.columns]
    titles = [(column.title(lang), column) for column in table.columns for lang in ("ja", "en")]
    aliases = [(alias, column) for column in table.columns for alias in (*column.ja, *column.en)]
    if least := table.column("min_age"):
        ja, en = (tuple(words("tables")["heading_ages"][lang].split(";")) for lang in ("ja", "en"))
        ages = replace(least, name="ages", ja=ja, en=en, kind="ages")
        aliases += [(alias, ages) for alias in (*ja, *en)]
    found: dict[str, Column] = {}
    for heading, column in [*names, *titles, *aliases]:
        found.setdefault(normalised(heading), column)
    return found


@cache
def every_heading() -> frozenset[str]:
    """Every heading of every table, as :func:`~hazama.model.names.normalised`."""
    return frozenset(heading for table in declaration().values() for heading in by_heading(table))


def _tables(path: str) -> dict[str, Table]:
    tables = [_table(entry) for entry in json.loads(resources.text(path))["tables"]]
    return {table.name: table for table in tables}


def _table(entry: Mapping[str, Any]) -> Table:
    titles = _by_language(entry["dc:title"])
    schema = entry["tableSchema"]
    columns = tuple(_column(column, schema.get("primaryKey", "")) for column in schema["columns"])
    return Table(entry["url"].removesuffix(".csv"), titles["ja"], titles["en"], columns)


def _column(entry: Mapping[str, Any], key: str) -> Column:
    about = _by_language(entry["dc:description"])
    scheme, references = entry.get(HZ + "scheme", ""), _several(entry.get(HZ + "references", ()))
    usual: Kind = "reference" if references else "concept" if scheme else "text"
    number: Any = entry["datatype"] if entry["datatype"] in ("integer", "decimal") else ""
    kind: Kind = "id" if entry["name"] == key else entry.get(HZ + "cell") or number or usual
    return Column(
        name=entry["name"],
        ja=_several(entry["titles"]["ja"]),
        en=_several(entry["titles"]["en"]),
        about_ja=about["ja"],
        about_en=about["en"],
        kind=kind,
        required=entry.get("required", False),
        separator=entry.get("separator", ""),
        scheme=scheme,
        references=references,
        states=entry.get("propertyUrl", ""),
        lang=entry.get("lang", ""),
    )


def _several(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _by_language(values: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return {value["@language"]: value["@value"] for value in values}
