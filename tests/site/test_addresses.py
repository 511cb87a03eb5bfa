from hypothesis import given
from hypothesis import strategies as st

from hazama.site.addresses import file_names, way_up

IDS = st.lists(st.text("abcABC019_.-", min_size=1, max_size=6), unique=True)


@given(IDS)
def test_no_two_ids_share_a_file_even_where_case_is_ignored(ids: list[str]) -> None:
    names = file_names(ids)
    assert set(names) == set(ids)
    assert len({name.lower() for name in names.values()}) == len(ids)


@given(IDS)
def test_names_do_not_depend_on_the_order_of_the_rows(ids: list[str]) -> None:
    assert file_names(ids) == file_names(reversed(ids))


def test_what_windows_reserves_is_avoided() -> None:
    assert file_names(["con", "COM1", "nul.x"]) == {"COM1": "com1_", "con": "con_", "nul.x": "nul-x"}


def test_an_address_in_a_folder_goes_up() -> None:
    assert [way_up(address) for address in ("index.html", "programs/i1a.html")] == ["", "../"]
