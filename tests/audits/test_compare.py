"""What only one of two towns serves."""

from hazama.audits import compare
from hazama.model.cells import NO_LIMIT
from tests.audits.towns import program, town


def test_what_only_the_other_serves_comes_first() -> None:
    here = town(programs=(program("a", needs=("care",), functions=("consultation",)),))
    there = town(programs=(program("b", needs=("work",), functions=("outreach", "plan")),))
    found = [(one.side, one.need, one.function, [row.id for row in one.programs]) for one in compare(here, there)]
    assert found == [
        ("there", "work", "outreach", ["b"]),
        ("there", "work", "plan", ["b"]),
        ("here", "care", "consultation", ["a"]),
    ]


def test_the_sentence_names_examples() -> None:
    there = town(programs=(program("b", needs=("work",), functions=("outreach",)),))
    (only,) = compare(town(), there)
    assert only.sentence("ja") == "就労のアウトリーチ: こちらには記録がなく、相手には「b事業」があります。"
    assert "b事業" in only.sentence("en")


def test_a_programme_for_all_needs_or_of_a_layer_serves_none_in_particular() -> None:
    there = town(
        programs=(
            program("all", needs=NO_LIMIT, functions=("consultation",)),
            program("state", needs=("care",), functions=("benefit",), layer="national"),
        )
    )
    assert compare(town(), there) == []


def test_a_town_compared_with_itself_has_no_differences() -> None:
    here = town(programs=(program("a", needs=("care",), functions=("consultation",)),))
    assert compare(here, here) == []
