"""The words of the audits: both languages, with the same places to fill."""

import re
from string import Formatter

import pytest

from hazama.audits.run import GROUPS
from hazama.model.findings import GRAVITIES
from hazama.resources import folder, rows, words
from hazama.tables.columns import declaration

WORDS = words("audits")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("id", WORDS)
def test_a_text_says_the_same_in_both_languages(id: str) -> None:
    both = WORDS[id]
    assert both["ja"] and both["en"]
    assert places(both["ja"]) == places(both["en"]) or id == "and_more"


def test_every_group_severity_and_audit_has_a_name() -> None:
    wanted = {f"group_{one}" for one in GROUPS} | {f"severity_{one}" for one in GRAVITIES}
    wanted |= {f"title_{row['audit'].replace(':', '_')}" for row in rows("ontology/audits.csv")}
    assert wanted <= WORDS.keys()


def test_a_japanese_next_step_names_columns_by_their_headings() -> None:
    ids = {column.name for table in declaration().values() for column in table.columns}
    steps = {id: both["ja"] for id, both in WORDS.items() if id.endswith("_next")}
    for file in (folder("ontology") / "questions").iterdir():
        advice = re.search("^# advice: (.*?) \\|", file.read_text(encoding="utf-8"), re.MULTILINE)
        steps[file.name] = advice[1] if advice else ""
    told = {id: set(re.findall("[a-z_]+", re.sub(r"\{\w+\}|\w+\.csv", "", step))) & ids for id, step in steps.items()}
    assert {id: names for id, names in told.items() if names} == {}
