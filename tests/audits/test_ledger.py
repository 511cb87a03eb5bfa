"""Who carries which provision."""

from dataclasses import replace
from typing import Any

from hazama.audits import ledger
from hazama.model.records import Provision
from tests.audits.towns import at, body, program, town


def provision(id: str, article: str, parent: str = "", **more: Any) -> Provision:
    return Provision(origin=at("provisions"), id=id, law="act", article=article, parent=parent, **more)


DUTY = provision("a-3-1", "3", modality="duty", bearer=("municipality",))


def test_a_programme_on_the_provision_carries_it() -> None:
    place = town(provisions=(DUTY,), programs=(program("p", "fukushi", basis=("a-3-1",), operators=("npo",)),))
    (entry,) = ledger(place)
    assert [one.id for one in entry.programs] == ["p"]
    assert entry.agencies == ("fukushi", "npo")
    assert not entry.is_orphan


def test_an_item_carries_its_paragraph_and_a_paragraph_its_item() -> None:
    item = provision("a-3-1-1", "3", "a-3-1", modality="duty")
    for basis in ("a-3-1", "a-3-1-1"):
        place = town(provisions=(DUTY, item), programs=(program("p", basis=(basis,)),))
        assert [one.is_orphan for one in ledger(place)] == [False, False]


def test_what_a_duty_cites_carries_it_out() -> None:
    orders = provision("a-4-1", "4", modality="duty", bearer=("municipality",), cites=("a-9-2",))
    project = provision("a-9-2", "9", modality="definition")
    place = town(provisions=(orders, project), programs=(program("p", basis=("a-9-2",)),))
    (entry,) = ledger(place)
    assert (entry.provision.id, entry.is_orphan) == ("a-4-1", False)


def test_a_national_programme_that_the_town_implements_counts_and_one_that_it_does_not_does_not() -> None:
    scheme = program("scheme", basis=("a-3-1",), layer="national")
    assert ledger(town(provisions=(DUTY,), programs=(scheme,)))[0].is_orphan
    ours = program("p", implements=("scheme",))
    assert [one.id for one in ledger(town(provisions=(DUTY,), programs=(scheme, ours)))[0].programs] == ["p"]


def test_a_body_carries_what_it_rests_on() -> None:
    (entry,) = ledger(town(provisions=(DUTY,), bodies=(body("b", basis=("a-3-1",), secretariat=("fukushi",)),)))
    assert [one.id for one in entry.bodies] == ["b"]
    assert entry.agencies == ("fukushi",)


def test_the_bearer_is_read_from_the_same_article() -> None:
    first = provision("a-5-1", "5", modality="optional", bearer=("municipality",))
    second = provision("a-5-2", "5", modality="duty")
    other = provision("a-6-1", "6", modality="duty")
    bearers = {one.provision.id: one.bearers for one in ledger(town(provisions=(first, second, other)))}
    assert bearers == {"a-5-1": ("municipality",), "a-5-2": ("municipality",), "a-6-1": ()}


def test_what_binds_others_is_not_in_the_ledger() -> None:
    place = town(provisions=(provision("a-7", "7", modality="duty", bearer=("state",)),))
    assert ledger(place) == []


def test_definitions_are_not_in_the_ledger() -> None:
    place = town(provisions=(provision("a-8", "8", modality="definition", bearer=("municipality",)),))
    assert ledger(place) == []


def test_a_village_is_not_bound_to_run_a_welfare_office() -> None:
    office = provision("a-9", "9", modality="duty", bearer=("welfare_office",))
    city = town(provisions=(office,))
    village = replace(city, layers=(replace(city.layer, name="みなと村"),))
    assert (len(ledger(city)), len(ledger(village))) == (1, 0)
