"""The embedded store: what goes in comes out, and each verb takes its own kind of query."""

import pytest

from hazama.knowledge.store import Solutions, Store, load, loaded
from hazama.knowledge.triples import triples
from hazama.model.errors import UsageError
from tests.towns import small_town

DOCUMENT = '<a:a> <a:b> "x\\n\\"é"@ja .\n<a:a> <a:c> <a:d> .\n'.encode()


def test_everything_stated_is_there() -> None:
    """Language tags are compared in lower case: RDF 1.1 lets a store choose their case."""
    town = small_town()
    found = load(town).construct("CONSTRUCT WHERE { ?s ?p ?o }")
    assert set(map(_lower_tags, found)) == set(map(_lower_tags, triples(town)))


def _lower_tags(triple: tuple[str, str, str]) -> tuple[str, ...]:
    return tuple(term.replace("@ja-Hrkt", "@ja-hrkt") for term in triple)


def test_select_gives_terms_in_the_order_of_the_columns() -> None:
    found = loaded(DOCUMENT).select("SELECT ?o ?nothing ?s { ?s <a:b> ?o }")
    assert found == Solutions(("o", "nothing", "s"), [('"x\\n\\"é"@ja', "", "<a:a>")])


def test_ask() -> None:
    store: Store = loaded(DOCUMENT)
    assert store.ask("ASK { <a:a> <a:c> <a:d> }")
    assert not store.ask("ASK { <a:d> <a:c> <a:a> }")


def test_prefixes_are_ready() -> None:
    assert load(small_town()).ask("ASK { ?program a cpsv:PublicService ; hz:need ?need }")


@pytest.mark.parametrize("query", ["SELECT ?s {", "INSERT DATA { <a:a> <a:b> <a:c> }", "nonsense"])
def test_what_cannot_be_read_says_where(query: str) -> None:
    with pytest.raises(UsageError, match="error at 1:"):
        loaded(DOCUMENT).select(query)


def test_verb_and_query_must_fit() -> None:
    with pytest.raises(UsageError, match="Boolean"):
        loaded(DOCUMENT).ask("SELECT * { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("query", "columns", "rows"),
    [
        ("SELECT ?p { <a:a> ?p ?o } ORDER BY ?p", ("p",), [("<a:b>",), ("<a:c>",)]),
        ("ASK { <a:a> <a:c> ?o }", ("answer",), [('"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',)]),
        ("CONSTRUCT { ?o a ?s } { ?s <a:c> ?o }", ("subject", "predicate", "object"), None),
    ],
)
def test_answer_of_any_kind(query: str, columns: tuple[str, ...], rows: list[tuple[str, ...]] | None) -> None:
    found = loaded(DOCUMENT).answer(query, 10)
    assert found.columns == columns
    assert found.rows == (rows or [("<a:d>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<a:a>")])


def test_answer_stops_at_its_bound() -> None:
    assert len(loaded(DOCUMENT).answer("SELECT * { ?s ?p ?o }", 1).rows) == 1


def test_same_town_same_answer() -> None:
    query = "SELECT * { ?s ?p ?o }"
    assert load(small_town()).select(query) == load(small_town()).select(query)
