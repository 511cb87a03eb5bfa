"""The words of the audits: both languages, with the same places to fill."""

from string import Formatter

import pytest

from hazama.audits.run import GROUPS
from hazama.model.findings import GRAVITIES
from hazama.resources import rows, words

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
