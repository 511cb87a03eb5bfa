"""The layer of national law: every reference resolves, and no row says more than its evidence."""

import csv
import json

import pytest

from hazama.model.dates import Day
from hazama.resources import rows, text
from hazama.tables import check, sample

SCHEME = "https://w3id.org/hazama/ns#scheme"
TABLES = ("laws", "provisions", "programs", "eligibility")

# The rules of age, certificate and condition that the layer was compiled from, by provision.
RULES = {
    "ltci-9-1-1",
    "ltci-9-1-2",
    "ltci-7-3",
    "asa-7",
    "asa-4-1",
    "pdwa-4",
    "idwa-1",
    "cwa-4-1",
    "cwa-4-2",
    "cwa-6-3-1",
    "csa-59-9",
    "cysp-2-1-7",
    "eapa-2-1",
    "dapa-2-1",
    "capa-2",
    "needy-3-1",
    "needy-3-3-1",
    "needy-3-3-2",
    "needy-3-4",
    "needy-3-6",
    "paa-1",
    "paa-4",
    "hsn-2-1",
    "ewa-11-1",
    "rec-teichaku",
    "wom-2",
    "dv-1-3",
    "mccs-2",
    "swa-106-4-2-2",
    "swa-106-6-1",
}


def table(name: str) -> list[dict[str, str]]:
    return list(rows(f"data/national/{name}.csv"))


def ids(name: str) -> set[str]:
    return {row["id"] for row in table(name)}


def items(cell: str) -> list[str]:
    return [item for item in cell.split(";") if item]


def test_counts() -> None:
    assert (len(table("laws")), len(table("provisions"))) == (38, 162)
    assert len(ids("provisions")) == 162


@pytest.mark.parametrize(
    ("name", "column", "target"),
    [
        ("provisions", "law", "laws"),
        ("provisions", "parent", "provisions"),
        ("provisions", "cites", "provisions"),
        ("programs", "basis", "provisions"),
        ("programs", "provision", "provisions"),
        ("eligibility", "provision", "provisions"),
        ("eligibility", "program", "programs"),
    ],
)
def test_every_reference_resolves(name: str, column: str, target: str) -> None:
    used = {item for row in table(name) for item in items(row[column])}
    assert used
    assert used <= ids(target)


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_of_a_concept_list_names_a_concept(name: str) -> None:
    declared = json.loads(text("ontology/tables.csvw.json"))["tables"]
    columns = next(entry for entry in declared if entry["url"] == f"{name}.csv")["tableSchema"]["columns"]
    schemes = {c["name"]: c[SCHEME] for c in columns if SCHEME in c}
    for row in table(name):
        for column, scheme in schemes.items():
            known = {entry["id"] for entry in rows(f"ontology/concepts/{scheme}.csv")} | {"制限なし", "すべて"}
            assert set(items(row.get(column, ""))) <= known, (row, column)


def test_sources_are_known_or_addresses() -> None:
    used = {item for name in TABLES for row in table(name) for item in items(row["source"])}
    assert {item for item in used if not item.startswith("http")} <= ids("sources")


@pytest.mark.parametrize("name", TABLES)
def test_a_stated_row_has_a_source_and_an_unverified_one_says_so(name: str) -> None:
    for row in table(name):
        assert row["status"] in ("", "unverified")
        assert row["source"] or row["status"] == "unverified", row


@pytest.mark.parametrize("name", TABLES)
def test_marked_columns_exist_and_hold_a_value(name: str) -> None:
    for row in table(name):
        for column in items(row.get("inferred", "")) + items(row.get("classified", "")):
            assert row[column], (row, column)


def test_a_parent_is_the_enclosing_element() -> None:
    by_id = {row["id"]: row for row in table("provisions")}
    for row in by_id.values():
        if row["parent"]:
            assert row["element"].startswith(by_id[row["parent"]]["element"] + "-")


def test_every_rule_reached_a_programme() -> None:
    used = {item for name in ("programs", "eligibility") for row in table(name) for item in items(row["provision"])}
    assert used >= RULES


def test_a_box_is_no_better_known_than_its_provision() -> None:
    unverified = {row["id"] for row in table("provisions") if row["status"]}
    for row in table("eligibility"):
        if row["status"] == "":
            assert not set(items(row["provision"])) <= unverified, row


def test_a_programme_is_stated_only_when_one_of_its_provisions_is() -> None:
    stated = {row["id"] for row in table("provisions") if not row["status"]}
    for row in table("programs"):
        assert (row["status"] == "") == bool(stated & set(items(row["basis"]))), row["id"]


def test_an_optional_scheme_covers_nobody_by_itself() -> None:
    """A town that runs it says so in its own tables; until then the need it serves is an inference."""
    optional = [row for row in table("programs") if row["basis"].startswith(("swa-106-4", "swa-106-6"))]
    assert len(optional) == 7
    assert all("needs" in items(row["inferred"]) for row in optional)


def test_no_limit_is_written_only_where_a_rule_says_so() -> None:
    cells = [(row["program"], column) for row in table("eligibility") for column in row if row[column] == "制限なし"]
    assert {cell for cell in cells if cell[1] != "max_age"} == {
        ("ltci-category-1", "disease"),  # 65歳以上は原因を問わない (ltci-7-3)
        ("disability-services", "certificate"),  # 精神・発達は手帳が要件でない (asa-4-1)
        ("disability-abuse", "certificate"),  # 手帳の有無を問わない (dapa-2-1)
        ("women-support", "min_age"),  # 年齢要件なし (wom-2)
        ("multi-participation", "min_age"),  # 年齢・属性・手帳の要件がない (swa-106-4-2-2)
        ("multi-participation", "certificate"),
    }


def test_nothing_is_in_force_before_its_act_is_promulgated() -> None:
    laws = {row["id"]: row for row in table("laws")}
    law_of = {row["id"]: row["law"] for row in table("provisions")}
    for row in table("provisions"):
        promulgated = laws[row["law"]]["promulgated"]
        if promulgated > "2022-02-28":
            assert row["since"] and Day(row["since"]).first >= Day(promulgated).first, row["id"]
    for row in table("programs"):
        latest = max(laws[law_of[item]]["promulgated"] for item in items(row["basis"]))
        assert latest <= "2022-02-28" or row["since"], row["id"]


def test_rows_end_with_plain_line_breaks_and_have_no_stray_cells() -> None:
    for name in ("laws", "provisions", "programs", "eligibility", "sources"):
        raw = text(f"data/national/{name}.csv")
        width = {len(line) for line in csv.reader(raw.splitlines())}
        assert "\r" not in raw and len(width) == 1, name


def test_it_is_read_without_a_word() -> None:
    assert check(sample() / "national").violations == ()
