"""The declaration and the records hold each other."""

from dataclasses import MISSING, fields

import pytest

from hazama.model.names import normalised
from hazama.model.records import Row
from hazama.model.town import NOT_TABLES, RECORDS, Municipality
from hazama.tables.columns import Table, concept_table, declaration

TABLES = declaration()


def test_tables_of_the_declaration_are_those_of_a_town_in_the_same_order() -> None:
    names = [entry.name for entry in fields(Municipality) if entry.name not in NOT_TABLES]
    assert set(TABLES) == set(names) == set(RECORDS)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_columns_are_the_fields_of_the_record(table: Table) -> None:
    inner = {"origin", "layer", "extra", "limits"}
    names = {entry.name for entry in fields(RECORDS[table.name])} - inner
    assert {column.name for column in table.columns if not column.dimension} == names


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_required_column_is_a_field_without_default(table: Table) -> None:
    record = RECORDS[table.name]
    needed = {
        entry.name for entry in fields(record) if entry.default is MISSING and entry.default_factory is MISSING
    } - {"origin"}
    assert {column.name for column in table.columns if column.required} == needed
    assert issubclass(record, Row)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_no_two_columns_prefer_the_same_heading(table: Table) -> None:
    for lang in ("ja", "en"):
        titles = [normalised(column.title(lang)) for column in table.columns]
        assert len(set(titles)) == len(titles)


def test_a_column_knows_its_kind_and_its_lists() -> None:
    programs = TABLES["programs"]
    kinds = {column.name: column.kind for column in programs.columns}
    assert (kinds["id"], kinds["name"], kinds["owner"], kinds["field"]) == ("id", "text", "reference", "concept")
    assert (kinds["needs"], kinds["min_age"], kinds["certificate"]) == ("class", "age", "limit")
    age, owner = programs.column("min_age"), programs.column("owner")
    assert age is not None and owner is not None
    assert (age.dimension, age.title("ja"), age.title("en")) == ("age", "年齢下限", "Minimum age")
    assert (owner.references, owner.separator, owner.required) == (("agencies",), ";", False)
    assert age.about("ja") != age.about("en")
    assert programs.column("no_such_column") is None


def test_titles_and_files() -> None:
    assert TABLES["programs"].file == "programs.csv"
    assert TABLES["programs"].title("ja") == "事業・取組・制度"
    assert TABLES["bodies"].title("en") == "Meeting bodies"
    assert TABLES["laws"].has_ids and not TABLES["links"].has_ids


def test_concept_lists_have_their_own_declaration() -> None:
    assert [column.name for column in concept_table().columns][:3] == ["id", "ja", "en"]


def test_the_declaration_is_read_once() -> None:
    assert declaration() is declaration()
