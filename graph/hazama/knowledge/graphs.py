"""A town as an rdflib Graph, for the tools that speak rdflib."""

from typing import TYPE_CHECKING

from hazama.knowledge.mentions import everything
from hazama.knowledge.triples import n_triples
from hazama.knowledge.vocabulary import PREFIXES
from hazama.model.town import Municipality

if TYPE_CHECKING:
    from rdflib import Graph


def graph(town: Municipality) -> "Graph":
    """The town with what it mentions, every prefix bound; it conforms when loaded with nothing else."""
    from rdflib import Graph

    made = Graph(bind_namespaces="none")
    for prefix, namespace in prefixes(town).items():
        made.bind(prefix, namespace)
    return made.parse(data=n_triples(everything(town)), format="nt")


def prefixes(town: Municipality) -> dict[str, str]:
    """The prefixes of every export: the vocabularies, and one for the base of each layer."""
    return PREFIXES | {layer.key or "town": layer.base for layer in town.layers}
