"""Labels of concepts and dimensions."""

from hazama.model.concepts import Concept, Dimension


def test_japanese_stands_in_where_there_is_no_english() -> None:
    assert Concept("x", "needs", "孤立", "Isolation").label("en") == "Isolation"
    assert Concept("x", "needs", "孤立", "").label("en") == "孤立"
    assert Concept("x", "needs", "孤立", "Isolation").label("ja") == "孤立"


def test_a_dimension_has_both_names() -> None:
    age = Dimension("age", "年齢", "Age", "interval", "limit")
    assert (age.label("ja"), age.label("en")) == ("年齢", "Age")
