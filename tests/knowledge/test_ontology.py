import re
from collections.abc import Iterator
from datetime import date

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, RDFS

from hazama.audits import finding_triples
from hazama.coverage.listing import listing
from hazama.coverage.rdf import gap_triples
from hazama.coverage.space import space
from hazama.knowledge.triples import everything, triples
from hazama.knowledge.vocabulary import HZ
from hazama.model.findings import Finding
from hazama.model.view import Scope, view
from hazama.resources import folder, text
from tests.towns import small_town

FINDING = Finding(
    group="law",
    audit="duty",
    severity="high",
    subjects=("laws/x",),
    sentences=("文", "text"),
    next_steps=("次", "next"),
    provisions=("x",),
    people=1,
)

ONTOLOGY = URIRef(HZ.removesuffix("#"))
NAMED = re.compile(r"\bhz:(\w+)")
IN_FULL = re.compile(re.escape(HZ) + r"(\w+)")


def declared() -> Graph:
    return Graph().parse(data=text("ontology/hazama.ttl"), format="turtle")


def terms() -> set[str]:
    """The local names that the ontology defines."""
    return {str(term).removeprefix(HZ) for term in declared().subjects(RDFS.isDefinedBy, ONTOLOGY)}


def stated() -> set[str]:
    """The local names in the triples of the small town, which has every table and column in it."""
    seen = view(small_town(), Scope(as_of=date(2024, 4, 1)))
    found = (*finding_triples(seen, Scope(), [FINDING]), *gap_triples(place := space(seen), listing(place, 5)))
    every = (
        term
        for triple in (*triples(small_town()), *everything(seen), *found)
        for term in triple
        if not term.startswith('"')
    )
    return {name for term in every for name in IN_FULL.findall(term)}


def annotating() -> set[str]:
    """The local names in the declaration of the tables."""
    return set(IN_FULL.findall(text("ontology/tables.csvw.json")))


def asked() -> Iterator[tuple[str, str]]:
    """The local names in the questions, each with its file."""
    for file in folder("ontology").joinpath("questions").iterdir():
        if file.name.endswith(".rq"):
            yield from ((file.name, name) for name in NAMED.findall(file.read_text(encoding="utf-8")))


def test_no_term_is_used_undeclared() -> None:
    assert (stated() | annotating()) - terms() == set()


def test_no_term_is_declared_unused() -> None:
    assert terms() - stated() - annotating() - {name for _, name in asked()} == set()


def test_questions_use_declared_terms_only() -> None:
    assert {(file, name) for file, name in asked() if name not in terms()} == set()


def test_every_term_has_a_label_and_a_definition_in_both_languages() -> None:
    graph = declared()
    for term in graph.subjects(RDFS.isDefinedBy, ONTOLOGY):
        for said in (RDFS.label, RDFS.comment):
            assert {text.language for text in graph.objects(term, said)} == {"ja", "en"}, (term, said)  # type: ignore[attr-defined]


def test_the_ontology_has_a_version() -> None:
    (version,) = declared().objects(ONTOLOGY, OWL.versionIRI)
    assert str(version).startswith(f"{ONTOLOGY}/")
    assert list(declared().objects(ONTOLOGY, DCTERMS.license))
