"""Finding rows by what people write."""

from hazama.tables.columns import ANY
from hazama.tables.lookup import MOST_LOOKUPS, Names, Speller, Target

AGENCIES = ("agencies",)
BOTH = ("agencies", "bodies")


def names() -> Names:
    own, beneath = Names(), Names()
    own.add("agencies", "a", ["福祉課", "ふくし"])
    own.add("bodies", "a", ["福祉会議"])
    beneath.add("agencies", "n", ["福祉課", "厚生労働省"])
    own.stand_on([beneath])
    return own


def test_by_id_by_table_and_id_and_by_name() -> None:
    assert names().targets("a", AGENCIES) == [Target("agencies", "a")]
    assert names().targets("bodies/a", (ANY,)) == [Target("bodies", "a")]
    assert names().targets("厚生労働省", AGENCIES) == [Target("agencies", "n")]
    assert names().targets("福祉会議", AGENCIES) == []


def test_a_name_of_ones_own_layer_comes_before_the_same_name_beneath() -> None:
    assert names().targets("福祉課", AGENCIES) == [Target("agencies", "a")]


def test_an_id_in_two_tables_is_ambiguous_and_written_with_its_table() -> None:
    assert len(names().targets("a", BOTH)) == 2
    assert names().shortest(Target("bodies", "a"), BOTH) == "bodies/a"
    assert names().shortest(Target("bodies", "a"), ("bodies",)) == "a"


def test_width_and_outer_spaces_make_no_difference_but_other_signs_do() -> None:
    own = Names()
    own.add("agencies", "a", ["ＡＢＣ課"])
    assert own.targets(" ABC課", AGENCIES) == [Target("agencies", "a")]
    assert own.targets("A・BC課", AGENCIES) == []


def test_a_table_without_ids_is_not_whole() -> None:
    own = names()
    assert own.is_whole(AGENCIES)
    own.leave_out("agencies")
    assert not own.is_whole(AGENCIES)
    assert not own.is_whole((ANY,))
    assert own.is_whole(("bodies",))


def test_near_names_are_found_in_all_layers() -> None:
    assert names().near("厚生労動省", AGENCIES) == ["厚生労働省"]


def test_a_reading_suggests_the_name_and_is_never_taken() -> None:
    own = names()
    own.sound("agencies", "こうれいしゃしえんか", "高齢者支援課")
    own.sound("bodies", "こうれいしゃかいぎ", "高齢者会議")
    assert own.near("コウレイシャシエンカ", AGENCIES) == ["高齢者支援課"]
    assert own.near("こうれいしゃかいぎ", AGENCIES) != ["高齢者会議"]
    assert own.targets("こうれいしゃしえんか", AGENCIES) == []


def test_near_misses_end_when_too_many_are_asked_for() -> None:
    speller = Speller(["福祉課"])
    found = [speller.near("福祉科") for _ in range(MOST_LOOKUPS + 1)]
    assert found[0] == ["福祉課"]
    assert found[-1] == []
    assert Speller(["福祉課"]).near("福" * 100) == []
