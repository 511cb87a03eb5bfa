"""Values → RDF and NetworkX; questions in SPARQL; programmes by category. Libraries load when they are needed."""

from hazama.knowledge.answers import Answer, answer_records, ask
from hazama.knowledge.find import Criteria, Match, find, match_record
from hazama.knowledge.network import network, network_from_graph, town_from_network
from hazama.knowledge.questions import Question, question, questions
from hazama.knowledge.shapes import validate
from hazama.knowledge.show import Shown, show, show_records
from hazama.knowledge.store import Store, load
from hazama.knowledge.strangers import Result, plain, query
from hazama.knowledge.triples import graph, triples

__all__ = [
    "Answer",
    "Criteria",
    "Match",
    "Question",
    "Result",
    "Shown",
    "Store",
    "answer_records",
    "ask",
    "find",
    "graph",
    "load",
    "match_record",
    "network",
    "network_from_graph",
    "plain",
    "query",
    "question",
    "questions",
    "show",
    "show_records",
    "town_from_network",
    "triples",
    "validate",
]
