"""JSON-LD 1.1 with its context inside: nothing has to be fetched to read it."""

import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from hazama.exchange.names import Names
from hazama.exchange.rdf import statements
from hazama.knowledge.terms import Triple, address, iri, is_literal, parts
from hazama.knowledge.triples import prefixes
from hazama.knowledge.vocabulary import A
from hazama.model.town import Municipality
from hazama.resources import text


def json_ld(town: Municipality) -> bytes:
    """The town as one ``@graph``, subject by subject; the context is ``ontology/context.jsonld`` and the layers."""
    context = json.loads(text("ontology/context.jsonld"))["@context"]
    own = {prefix: base for prefix, base in prefixes(town).items() if prefix not in context}
    names = Names(prefixes(town))
    subjects = [_node(subject, said, names) for subject, said in groupby(statements(town), itemgetter(0))]
    document = {"@context": {**context, **own}, "@graph": subjects}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


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
    if lang:
        return {"@value": value, "@language": lang}
    return {"@value": value, "@type": _name(iri(datatype), names)} if datatype else {"@value": value}


def _name(term: str, names: Names) -> str:
    return names.short(term) or address(term)
