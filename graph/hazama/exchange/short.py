"""RDF with short names, subject by subject: Turtle, TriG, and JSON-LD 1.1 with its context inside.

Grammar: https://www.w3.org/TR/turtle/#sec-grammar. Terms are N-Triples already, which is Turtle too;
this only groups and shortens. Nothing has to be fetched to read the JSON-LD.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from hazama.exchange.rdf import graphs, statements
from hazama.knowledge.terms import XSD, Triple, address, iri, is_literal, parts
from hazama.knowledge.triples import prefixes
from hazama.knowledge.vocabulary import A
from hazama.model.town import Municipality
from hazama.resources import text

_LOCAL = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""Local names that Turtle and JSON-LD both take without an escape."""


def turtle(town: Municipality) -> bytes:
    """The town in Turtle."""
    names = Names(town)
    return "".join([*_header(names), *_subjects(statements(town), names)]).encode()


def trig(town: Municipality) -> bytes:
    """The town in TriG, one graph a layer."""
    names = Names(town)
    homes = (
        ["\n", names.term(graph), " {\n", *_subjects(triples, names), "}\n"] for graph, triples in graphs(town).items()
    )
    return "".join([*_header(names), *(line for home in homes for line in home)]).encode()


def json_ld(town: Municipality) -> bytes:
    """The town as one ``@graph``; the context is ``ontology/context.jsonld`` and the layers."""
    names = Names(town)
    context = json.loads(text("ontology/context.jsonld"))["@context"]
    own = {prefix: base for prefix, base in prefixes(town).items() if prefix not in context}
    subjects = [_node(subject, said, names) for subject, said in groupby(statements(town), itemgetter(0))]
    document = {"@context": {**context, **own}, "@graph": subjects}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def excerpt(names: "Names", triples: Iterable[Triple]) -> tuple[str, str]:
    """Some triples, in order of subject and predicate, as Turtle and as JSON-LD, with only the prefixes they use."""
    said = sorted(set(triples), key=lambda triple: (triple[0], triple[1] != A, *triple[1:]))
    body = "".join(_subjects(said, names))
    used = {prefix: space for prefix, space in names.prefixes.items() if f"{prefix}:" in body}
    nodes = [_node(subject, rows, names) for subject, rows in groupby(said, itemgetter(0))]
    document = {"@context": used, "@graph": nodes}
    head = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in used.items())
    return head + body, json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


class Names:
    """The prefixes of a town, the longest name space first, and the short names that they give."""

    def __init__(self, town: Municipality) -> None:
        self.prefixes = dict(sorted(prefixes(town).items()))
        self._longest = sorted(self.prefixes.items(), key=lambda entry: (-len(entry[1]), entry[0]))
        self._known: dict[str, str] = {}

    def short(self, term: str) -> str:
        """The short name of an IRI term, ``""`` where it has none."""
        if term not in self._known:
            self._known[term] = self._shortened(address(term))
        return self._known[term]

    def term(self, term: str) -> str:
        """A term as Turtle has it."""
        if not is_literal(term):
            return self.short(term) or term
        text, mark, datatype = term.rpartition("^^")
        if not mark or not datatype.startswith(f"<{XSD}"):
            return term
        return f"{text}^^{self.short(datatype) or datatype}"

    def _shortened(self, full: str) -> str:
        for prefix, namespace in self._longest:
            if full.startswith(namespace):
                local = full[len(namespace) :]
                return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else ""
        return ""


def _header(names: Names) -> Iterator[str]:
    return (f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in names.prefixes.items())


def _subjects(triples: Iterable[Triple], names: Names) -> Iterator[str]:
    for subject, said in groupby(triples, itemgetter(0)):
        lines = " ;\n    ".join(_predicate(predicate, rows, names) for predicate, rows in groupby(said, itemgetter(1)))
        yield f"\n{names.term(subject)} {lines} .\n"


def _predicate(predicate: str, rows: Iterator[Triple], names: Names) -> str:
    objects = ", ".join(names.term(object_) for _, _, object_ in rows)
    return f"{'a' if predicate == A else names.term(predicate)} {objects}"


def _node(subject: str, said: Iterator[Triple], names: Names) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _name(subject, names)}
    for predicate, rows in groupby(said, itemgetter(1)):
        objects = [object_ for _, _, object_ in rows]
        if predicate == A:
            node["@type"] = [_name(object_, names) for object_ in objects]
        else:
            node[_name(predicate, names)] = [_value(object_, names) for object_ in objects]
    return node


def _value(term: str, names: Names) -> dict[str, str]:
    if not is_literal(term):
        return {"@id": _name(term, names)}
    value, lang, datatype = parts(term)
    kind = {"@language": lang} if lang else {"@type": _name(iri(datatype), names)} if datatype else {}
    return {"@value": value, **kind}


def _name(term: str, names: Names) -> str:
    return names.short(term) or address(term)
