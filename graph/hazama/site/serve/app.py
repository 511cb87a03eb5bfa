"""Everything that is answered: published pages, desks, the API, SPARQL, and the addresses of rows."""

import re
from collections.abc import Callable

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from hazama import knowledge
from hazama.knowledge.strangers import Bounds, Dataset
from hazama.model.errors import HazamaError, UsageError
from hazama.site.serve import desks, endpoint
from hazama.site.serve.api import api
from hazama.site.serve.edition import Edition
from hazama.site.serve.guard import Application
from hazama.site.serve.living import Living
from hazama.site.serve.results import JSON_LD, TURTLE, chosen, rdf
from hazama.site.serve.shelf import with_trouble
from hazama.site.values import LANGUAGES, Lang
from hazama.tables.writing import csv_bytes

HTML = "text/html"
BOUNDS = Bounds()
_ENDINGS = {".ttl": TURTLE, ".jsonld": JSON_LD}
_SAFE = re.compile(r"(?:(?:[\w-]+/)*[\w-][\w.-]*)?", re.ASCII)
"""What the address of a file of the site looks like: no way up, no hidden file, no drive."""


def application(living: Living, bounds: Bounds = BOUNDS) -> Application:
    """What answers everything that is not ready on the shelf of what lives."""
    app = FastAPI(title="hazama", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.include_router(api(lambda: living.edition))
    for kind in (HazamaError, endpoint.RefusedError):
        app.add_exception_handler(kind, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    asking = endpoint.Endpoint(bounds)
    _add_sparql(app, living, asking)
    for lang in LANGUAGES:
        _add_desks(app, living, lang, asking, bounds)
    _add_pages(app, living)
    return app


def _add_sparql(app: FastAPI, living: Living, asking: endpoint.Endpoint) -> None:
    @app.api_route("/sparql", methods=["GET", "POST"], include_in_schema=False)
    async def sparql(request: Request) -> Response:
        return await asking.respond(living.edition, request)

    @app.get("/.well-known/void", include_in_schema=False)
    def void(request: Request) -> Response:
        kind = chosen(request.headers.get("accept", ""), (TURTLE, JSON_LD)) or TURTLE
        return Response(rdf(endpoint.void(living.edition, str(request.base_url)), kind), media_type=kind)


def _add_desks(app: FastAPI, living: Living, lang: Lang, asking: endpoint.Endpoint, bounds: Bounds) -> None:
    routes = APIRouter(prefix="" if lang == "ja" else f"/{lang}", include_in_schema=False)

    async def shown(page: Callable[..., desks.DeskPage], *given: object) -> Response:
        edition = living.edition
        made = await run_in_threadpool(page, edition, lang, *given)
        content = desks.html(edition.desks[lang], made).encode()
        return Response(with_trouble(content, living.trouble[lang]), 400 if made.trouble else 200, media_type=HTML)

    @routes.api_route("/case", methods=["GET", "POST"])
    async def case(request: Request) -> Response:
        return await shown(desks.case_page, await _form(request))

    @routes.api_route("/whatif", methods=["GET", "POST"])
    async def whatif(request: Request) -> Response:
        return await shown(desks.whatif_page, await _form(request) or _query(request))

    @routes.get("/ask")
    async def questions() -> Response:
        return await shown(desks.ask_page)

    @routes.get("/ask/{id}.csv")
    def saved(id: str, request: Request) -> Response:
        edition = living.edition
        found = edition.answer(edition.question(id), _values(request))
        headings = [label.label(lang) for label in found.columns.values()]
        rows = [[str(record[name]) for name in found.columns] for record in knowledge.answer_records(found, lang)]
        named = {"Content-Disposition": f'attachment; filename="{id}.csv"'}
        return Response(csv_bytes(headings, rows), media_type="text/csv", headers=named)

    @routes.get("/ask/{id}")
    async def question(id: str, request: Request) -> Response:
        return await shown(desks.question_page, id, _values(request))

    @routes.api_route("/query", methods=["GET", "POST"])
    async def query(request: Request) -> Response:
        form = await _form(request)
        found: knowledge.Result | str | None = None
        if form:
            dataset = Dataset(base=endpoint.address(request))
            try:
                found = await asking.answer(living.edition, "".join(form.get("query", ())), dataset)
            except (UsageError, endpoint.RefusedError) as error:
                found = endpoint.failure(error)[1][lang == "en"]
        return await shown(desks.query_page, form or _query(request), found, bounds)

    app.include_router(routes)


def _add_pages(app: FastAPI, living: Living) -> None:
    @app.api_route("/{address:path}", methods=["GET", "HEAD"], include_in_schema=False)
    async def page(address: str, request: Request) -> Response:
        if address == "en":
            return RedirectResponse("/en/", 308)
        if ready := living.shelf.get(f"/{address}"):
            return Response(ready.body, media_type=ready.headers[0][1].decode())
        lang: Lang = "en" if address.startswith("en/") else "ja"
        inner = address.removeprefix("en/")
        if found := await run_in_threadpool(_entity, living.edition, inner, request, lang):
            return found
        return await run_in_threadpool(_notice, living, lang, inner)


def _notice(living: Living, lang: Lang, inner: str) -> Response:
    """A page that says that pages are being made, or that there is none like it."""
    desk, trouble = living.edition.desks[lang], living.trouble[lang]
    depth = inner.count("/")
    if not living.is_published and _SAFE.fullmatch(inner) and not trouble:
        notice = desks.notice_page(desk, desk.words("preparing"), desk.words("preparing_lead"), depth)
        return Response(desks.html(desk, notice), 503, {"Refresh": "2", "Retry-After": "2"}, HTML)
    notice = desks.notice_page(desk, desk.words("not_found"), depth=depth)
    return Response(with_trouble(desks.html(desk, notice).encode(), trouble), 404, media_type=HTML)


def _entity(edition: Edition, inner: str, request: Request, lang: Lang) -> Response | None:
    """``programs/i1a``: its page, or what is said of it as Turtle or JSON-LD; ``.ttl`` and ``.jsonld`` name one."""
    table, _, name = inner.partition("/")
    ending = next((end for end in _ENDINGS if name.endswith(end)), "")
    key = (table, name.removesuffix(ending))
    if key not in edition.ground.pages or (not ending and "." in name and key not in edition.ground.rows):
        return None
    kind = _ENDINGS.get(ending) or chosen(request.headers.get("accept", ""), (HTML, TURTLE, JSON_LD))
    if not kind:
        raise HTTPException(406)
    if kind == HTML:
        place = ("/en/" if lang == "en" else "/") + edition.ground.pages[key]
        return RedirectResponse(place, 303, headers={"Vary": "Accept"})
    row, addresses = edition.ground.rows.get(key), edition.addresses
    turtle, json_ld = edition.stated.written(
        edition.stated.of(addresses.row(table, row) if row else addresses.concept(*key))
    )
    return Response(turtle if kind == TURTLE else json_ld, media_type=kind, headers={"Vary": "Accept"})


async def _form(request: Request) -> dict[str, list[str]]:
    """The fields of a posted form; nothing of it is kept."""
    posted = request.method == "POST"
    return _grouped(endpoint.posted(request, await request.body(), endpoint.FORM)) if posted else {}


def _query(request: Request) -> dict[str, list[str]]:
    return _grouped(endpoint.fields(request.url.query))


def _values(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in _query(request).items() if values[0]}


def _grouped(pairs: endpoint.Pairs) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


async def _invalid(request: Request, error: Exception) -> Response:
    """What the API found wrong with a request, without what was sent."""
    assert isinstance(error, RequestValidationError)
    return JSONResponse({"detail": [{key: one[key] for key in ("type", "loc", "msg")} for one in error.errors()]}, 422)


async def _refused(request: Request, error: Exception) -> Response:
    """What was refused, in the language of the page; the API tells it as JSON."""
    assert isinstance(error, (HazamaError, endpoint.RefusedError))
    status, said = endpoint.failure(error)  # type: ignore[arg-type]
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": said[request.query_params.get("lang") == "en"]}, status)
    english = request.headers.get("accept-language", "").startswith("en") or request.url.path.startswith("/en/")
    return Response(f"{said[english]}\n", status, media_type="text/plain")
