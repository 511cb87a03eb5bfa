"""``/sparql``: the SPARQL 1.1 Protocol, reading only (https://www.w3.org/TR/sparql11-protocol/)."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from hazama.knowledge.datasets import layers
from hazama.knowledge.strangers import Bounds, Dataset, LimitError, Result, answered
from hazama.knowledge.terms import Triple, iri
from hazama.knowledge.vocabulary import about, term
from hazama.model.errors import UsageError
from hazama.resources import phrase
from hazama.site.serve.edition import Edition, MissingError
from hazama.site.serve.results import CSV, GRAPHS, JSON, TSV, XML, chosen, offers, rdf, written

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
MOST_FIELDS = 400
_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_UPDATES = {"update", "using-graph-uri", "using-named-graph-uri"}
Pairs = Sequence[tuple[str, str]]


class RefusedError(Exception):
    """A request that is not answered: its status, and why in both languages."""

    def __init__(self, status: int, code: str, **values: object) -> None:
        super().__init__(code)
        self.status, self.sentences = status, phrase("serve", code, **values)


class Endpoint:
    """Answers queries about an edition, a few at a time; whoever comes when all are busy waits a little or is told."""

    def __init__(self, bounds: Bounds, at_once: int = 4, patience: float = 10.0) -> None:
        self._bounds, self._patience = bounds, patience
        self._free = asyncio.Semaphore(at_once)

    async def answer(self, edition: Edition, text: str, dataset: Dataset) -> Result:
        """What a query finds, from a worker that is killed at its limit; graphs that are not here are refused."""
        if strange := sorted({*dataset.default, *dataset.named} - set(edition.graphs)):
            raise RefusedError(400, "unknown_graph", name=strange[0][:200])
        try:
            await asyncio.wait_for(self._free.acquire(), self._patience)
        except TimeoutError as error:
            raise RefusedError(503, "busy") from error
        try:
            document = await run_in_threadpool(lambda: edition.document)
            dataset = replace(dataset, known=edition.graphs)
            return await run_in_threadpool(answered, document, text, self._bounds, dataset)
        finally:
            self._free.release()

    async def respond(self, edition: Edition, request: Request) -> Response:
        """The response to a request of the protocol; a bare GET is told what the service is."""
        accept = request.headers.get("accept", "")
        if request.method == "GET" and not request.url.query:
            kind = _negotiated(accept, GRAPHS)
            return Response(rdf(description(edition, str(request.base_url)), kind), media_type=kind)
        _negotiated(accept, (JSON, XML, CSV, TSV, *GRAPHS))
        result = await self.answer(edition, *asked(request, await request.body()))
        kind = _negotiated(accept, offers(result))
        if not result.is_complete:
            raise RefusedError(422, "too_many_rows", rows=f"{self._bounds.rows:,}")
        content = await run_in_threadpool(written, result, kind)
        return Response(content, media_type=kind, headers={"Vary": "Accept"})


def asked(request: Request, body: bytes) -> tuple[str, Dataset]:
    """The query of a request, and the graphs it is asked of."""
    pairs = _pairs(request, body)
    if any(name in _UPDATES for name, _ in pairs):
        raise UsageError(*phrase("knowledge", "query_update"))
    queries, default, named = (
        tuple(value for name, value in pairs if name == wanted)
        for wanted in ("query", "default-graph-uri", "named-graph-uri")
    )
    if len(queries) != 1:
        raise RefusedError(400, "one_query")
    return queries[0], Dataset(default, named, base=address(request))


def address(request: Request) -> str:
    """Where queries are answered."""
    return f"{request.base_url}sparql"


def _pairs(request: Request, body: bytes) -> Pairs:
    """The fields of a request: in the address, in a form, or the query as the body itself."""
    inline = fields(request.url.query)
    return inline if request.method == "GET" else [*inline, *posted(request, body, FORM, DIRECT)]


def posted(request: Request, body: bytes, *kinds: str) -> Pairs:
    """The fields of a body of one of these media types."""
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    if "charset" in parameters and "utf-8" not in parameters:
        raise RefusedError(415, "not_utf8")
    if kind.strip() not in kinds:
        raise RefusedError(415, "media_type", kinds=", ".join(kinds))
    return [("query", _decoded(body))] if kind.strip() == DIRECT else fields(_decoded(body))


def fields(text: str) -> list[tuple[str, str]]:
    """The fields of a form or of an address; what is no UTF-8, or too many, is refused."""
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except UnicodeDecodeError as error:
        raise RefusedError(400, "not_utf8") from error
    except ValueError as error:
        raise RefusedError(413, "too_many_fields") from error


def failure(error: UsageError | RefusedError) -> tuple[int, tuple[str, str]]:
    """The status and the two sentences of something that was refused."""
    if isinstance(error, RefusedError):
        return error.status, error.sentences
    status = 404 if isinstance(error, MissingError) else 422 if isinstance(error, LimitError) else 400
    return status, (error.sentence("ja"), error.sentence("en"))


def description(edition: Edition, base: str) -> Iterator[Triple]:
    """The service description (https://www.w3.org/TR/sparql11-service-description/)."""

    def sd(*names: str) -> list[str]:
        return [iri(_SD + name) for name in names]

    formats = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
    named = {f"_:g{n}": iri(address) for n, address in enumerate(edition.graphs)}
    said: Mapping[str, Mapping[str, Iterable[str]]] = {
        "_:service": {
            "endpoint": [iri(base + "sparql")],
            "supportedLanguage": sd("SPARQL11Query"),
            "resultFormat": [iri(_FORMATS + name) for name in (*formats, "Turtle", "N-Triples", "RDF_XML")],
            "defaultDataset": ["_:dataset"],
        },
        "_:dataset": {"defaultGraph": ["_:graph"], "namedGraph": named},
        **{node: {"name": [name]} for node, name in named.items()},
    }
    kinds = {"_:service": "Service", "_:dataset": "Dataset", "_:graph": "Graph"} | dict.fromkeys(named, "NamedGraph")
    for node, kind in kinds.items():
        yield node, term("rdf:type"), iri(_SD + kind)
        for name, values in said.get(node, {}).items():
            yield from ((node, iri(_SD + name), value) for value in values)


def void(edition: Edition, base: str) -> Iterator[Triple]:
    """``/.well-known/void``: the data sets, and where they can be asked and loaded."""
    yield from layers(edition.town, edition.addresses)
    dataset = edition.addresses.within("", "dataset")
    yield from about(
        dataset,
        {"void:sparqlEndpoint": iri(base + "sparql"), "void:dataDump": iri(base + "downloads/town.ttl.zip")},
    )


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, "not_utf8") from error


def _negotiated(accept: str, kinds: Sequence[str]) -> str:
    kind = chosen(accept, kinds)
    if not kind:
        raise RefusedError(406, "not_acceptable", kinds=", ".join(kinds))
    return kind
