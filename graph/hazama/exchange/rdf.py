"""RDF in the formats that every RDF tool reads, sorted, so that two exports can be compared line by line.

N-Triples and what is made of them: Turtle (https://www.w3.org/TR/turtle/#sec-grammar), TriG and JSON-LD 1.1 only
group and shorten them. Nothing has to be fetched to read the JSON-LD.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from hazama.exchange import xml_text
from hazama.knowledge.terms import XSD, Triple, address, iri, is_literal, parts
from hazama.knowledge.triples import everything, prefixes
from hazama.knowledge.vocabulary import CONCEPTS, A
from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.resources import phrase, text

_LOCAL = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""Local names that Turtle and JSON-LD both take without an escape."""
_ROOT = re.compile(r"<rdf:RDF ([^>]*)>")


def statements(town: Municipality) -> list[Triple]:
    """Every triple of a town and of what it mentions once: by subject, types first."""
    return _in_order(everything(town))


def _in_order(triples: Iterable[Triple]) -> list[Triple]:
    return sorted(set(triples), key=lambda triple: (triple[0], triple[1] != A, *triple[1:]))


def graphs(town: Municipality) -> dict[str, list[Triple]]:
    """The statements by named graph, sorted: every layer has one, named by its data set, and hazama's lists one."""
    bases = sorted((layer.base for layer in town.layers), key=len, reverse=True)
    found: dict[str, list[Triple]] = {}
    for triple in statements(town):
        home = next((base for base in (*bases, CONCEPTS) if triple[0].startswith(f"<{base}")), town.layer.base)
        name = iri(home if home == CONCEPTS else f"{home}dataset")
        found.setdefault(name, []).append(triple)
    return dict(sorted(found.items()))


def n_triples(town: Municipality) -> bytes:
    """N-Triples, one statement a line."""
    return _lines(" ".join(triple) for triple in statements(town))


def n_quads(town: Municipality) -> bytes:
    """N-Quads, graph by graph."""
    return _lines(f"{' '.join(triple)} {name}" for name, triples in graphs(town).items() for triple in triples)


def rdf_xml(town: Municipality) -> bytes:
    """RDF/XML; a sign that XML cannot hold becomes U+FFFD, a relation without an XML name is refused."""
    from pyoxigraph import RdfFormat, parse, serialize

    for predicate in {predicate for _, predicate, _ in statements(town)}:
        if not xml_text.has_name(address(predicate)):
            raise UsageError(*phrase("graph", "no_xml_name", found=address(predicate)))
    read = parse(n_triples(town), RdfFormat.N_TRIPLES)
    written = serialize(read, format=RdfFormat.RDF_XML, prefixes=prefixes(town)) or b""
    return xml_text.allowed(_ROOT.sub(_sorted_root, written.decode(), count=1))


def _sorted_root(root: re.Match[str]) -> str:
    """The root element with its name spaces in one order; the serialiser's own changes from run to run."""
    return f"<rdf:RDF {' '.join(sorted(root[1].split()))}>"


def _lines(statements: Iterable[str]) -> bytes:
    return "".join(f"{statement} .\n" for statement in statements).encode()


def turtle(town: Municipality) -> bytes:
    """The town in Turtle."""
    names = Names(town)
    return "".join([_header(names.prefixes), *_subjects(statements(town), names)]).encode()


def trig(town: Municipality) -> bytes:
    """The town in TriG, one graph a layer."""
    names = Names(town)
    lines = [_header(names.prefixes)]
    for graph, triples in graphs(town).items():
        lines += ["\n", names.term(graph), " {\n", *_subjects(triples, names), "}\n"]
    return "".join(lines).encode()


def json_ld(town: Municipality) -> bytes:
    """The town as one ``@graph``; the context is ``ontology/context.jsonld`` and the layers."""
    context = json.loads(text("ontology/context.jsonld"))["@context"]
    own = {prefix: base for prefix, base in prefixes(town).items() if prefix not in context}
    document = {"@context": {**context, **own}, "@graph": _nodes(statements(town), Names(town))}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def excerpt(names: "Names", triples: Iterable[Triple]) -> tuple[str, str]:
    """Some triples, in order of subject and predicate, as Turtle and as JSON-LD, with only the prefixes they use."""
    said = _in_order(triples)
    body = "".join(_subjects(said, names))
    used = {prefix: space for prefix, space in names.prefixes.items() if f"{prefix}:" in body}
    document = {"@context": used, "@graph": _nodes(said, names)}
    return _header(used) + body, json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


class Names:
    """The prefixes of a town, the longest name space first, and the short names that they give."""

    def __init__(self, town: Municipality) -> None:
        self.prefixes = dict(sorted(prefixes(town).items()))
        self._longest = sorted(self.prefixes.items(), key=lambda entry: (-len(entry[1]), entry[0]))
        self._known: dict[str, str] = {}

    def short(self, term: str) -> str:
        """The short name of an IRI term, ``""`` where it has none."""
        if term not in self._known:
            full = address(term)
            prefix, space = next((entry for entry in self._longest if full.startswith(entry[1])), ("", full))
            local = full.removeprefix(space)
            self._known[term] = f"{prefix}:{local}" if _LOCAL.fullmatch(local) else ""
        return self._known[term]

    def term(self, term: str) -> str:
        """A term as Turtle has it."""
        if not is_literal(term):
            return self.short(term) or term
        text, mark, datatype = term.rpartition("^^")
        if not mark or not datatype.startswith(f"<{XSD}"):
            return term
        return f"{text}^^{self.short(datatype) or datatype}"

    def name(self, term: str) -> str:
        """An IRI as JSON-LD has it."""
        return self.short(term) or address(term)

    def value(self, term: str) -> dict[str, str]:
        """A term as an object of JSON-LD."""
        if not is_literal(term):
            return {"@id": self.name(term)}
        value, lang, datatype = parts(term)
        kind = {"@language": lang} if lang else {"@type": self.name(iri(datatype))} if datatype else {}
        return {"@value": value, **kind}


def _header(prefixes: Mapping[str, str]) -> str:
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())


def _subjects(triples: Iterable[Triple], names: Names) -> Iterator[str]:
    for subject, said in groupby(triples, itemgetter(0)):
        said_of = []
        for predicate, rows in groupby(said, itemgetter(1)):
            objects = ", ".join(names.term(object_) for _, _, object_ in rows)
            said_of.append(f"{'a' if predicate == A else names.term(predicate)} {objects}")
        lines = " ;\n    ".join(said_of)
        yield f"\n{names.term(subject)} {lines} .\n"


def _nodes(triples: Iterable[Triple], names: Names) -> list[dict[str, Any]]:
    nodes = []
    for subject, said in groupby(triples, itemgetter(0)):
        node: dict[str, Any] = {"@id": names.name(subject)}
        for predicate, rows in groupby(said, itemgetter(1)):
            objects = [object_ for _, _, object_ in rows]
            if predicate == A:
                node["@type"] = [names.name(object_) for object_ in objects]
            else:
                node[names.name(predicate)] = [names.value(object_) for object_ in objects]
        nodes.append(node)
    return nodes
