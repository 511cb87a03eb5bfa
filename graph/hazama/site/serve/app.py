"""Everything that is answered: published pages, desks, the API, SPARQL, and the addresses of rows."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from html import escape
from importlib.resources import files
from mimetypes import guess_type
from urllib.parse import urlencode

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from hazama import knowledge
from hazama.knowledge.strangers import Bounds, Dataset
from hazama.knowledge.triples import triples
from hazama.model.errors import HazamaError, UsageError
from hazama.site.markup import link
from hazama.site.menu import MenuGroup, frame_script
from hazama.site.publish import pages
from hazama.site.serve import desks, endpoint
from hazama.site.serve.api import answer, api
from hazama.site.serve.guard import Application, Guard
from hazama.site.serve.living import Edition, Living
from hazama.site.serve.results import JSON_LD, TURTLE, chosen, rdf
from hazama.site.values import Lang
from hazama.tables.writing import csv_bytes

HTML = "text/html"
BOUNDS = Bounds()
_MAIN = re.compile(rb"<main[^>]*>")
_ENDINGS = {".ttl": TURTLE, ".jsonld": JSON_LD}
_SAFE = re.compile(r"(?:[\w-]+/)*[\w-][\w.-]*", re.ASCII)
"""What the address of a file of the site looks like: no way up, no hidden file, no drive."""


def application(living: Living, ready: Callable[[], None], bounds: Bounds = BOUNDS) -> Application:
    """The application that serves what lives; *ready* is called when it answers."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        tending = asyncio.create_task(living.tend())
        ready()
        yield
        tending.cancel()
        living.close()
        with suppress(asyncio.CancelledError):
            await tending

    app = FastAPI(title="hazama", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.include_router(api(lambda: living.edition))
    app.add_exception_handler(HazamaError, _refused)
    app.add_exception_handler(endpoint.RefusedError, _refused)
    asking = endpoint.Endpoint(bounds)
    _add_sparql(app, living, asking)
    _add_desks(app, living, "", "ja", asking, bounds)
    _add_desks(app, living, "/en", "en", asking, bounds)
    _add_pages(app, living)
    return Guard(app)


def _add_sparql(app: FastAPI, living: Living, asking: endpoint.Endpoint) -> None:
    @app.api_route("/sparql", methods=["GET", "POST"], include_in_schema=False)
    async def sparql(request: Request) -> Response:
        return await asking.respond(living.edition, request)

    @app.get("/.well-known/void", include_in_schema=False)
    def void(request: Request) -> Response:
        kind = chosen(request.headers.get("accept", ""), (TURTLE, JSON_LD)) or TURTLE
        return Response(rdf(endpoint.void(living.edition, str(request.base_url)), kind), media_type=kind)


def _add_desks(
    app: FastAPI, living: Living, prefix: str, lang: Lang, asking: endpoint.Endpoint, bounds: Bounds
) -> None:
    def shown(edition: Edition, page: desks.DeskPage) -> Response:
        content = desks.html(edition.desks[lang], page).encode()
        status = 400 if page.trouble else 200
        return Response(_with_trouble(content, living.trouble[lang]), status, media_type=HTML)

    def blank(edition: Edition, name: str, page: Callable[[], desks.DeskPage]) -> Response:
        if (name, lang) not in edition.blank:
            edition.blank[name, lang] = desks.html(edition.desks[lang], page()).encode()
        return Response(_with_trouble(edition.blank[name, lang], living.trouble[lang]), media_type=HTML)

    @app.api_route(f"{prefix}/case", methods=["GET", "POST"], include_in_schema=False)
    async def case(request: Request) -> Response:
        edition, form = living.edition, await _form(request)
        if form:
            return shown(edition, await run_in_threadpool(desks.case_page, edition, lang, form))
        return blank(edition, "case", lambda: desks.case_page(edition, lang, {}))

    @app.api_route(f"{prefix}/whatif", methods=["GET", "POST"], include_in_schema=False)
    async def whatif(request: Request) -> Response:
        edition, form = living.edition, await _form(request) or _query(request)
        page = await run_in_threadpool(desks.whatif_page, edition, lang, form)
        return shown(edition, page)

    @app.get(f"{prefix}/ask", include_in_schema=False)
    async def questions() -> Response:
        edition = living.edition
        return blank(edition, "ask", lambda: desks.ask_page(edition, lang))

    @app.get(f"{prefix}/ask/{{id}}.csv", include_in_schema=False)
    def saved(id: str, request: Request) -> Response:
        found = answer(living.edition, id, _values(request))
        headings = [label.label(lang) for label in found.columns.values()]
        rows = [[str(record[name]) for name in found.columns] for record in knowledge.answer_records(found, lang)]
        named = {"Content-Disposition": f'attachment; filename="{id}.csv"'}
        return Response(csv_bytes(headings, rows), media_type="text/csv", headers=named)

    @app.get(f"{prefix}/ask/{{id}}", include_in_schema=False)
    def question(id: str, request: Request) -> Response:
        edition, values = living.edition, _values(request)
        found: knowledge.Answer | UsageError
        try:
            found = answer(edition, id, values)
        except UsageError as error:
            found = error
        one = knowledge.question(id, edition.ground.own)
        address = f"ask/{id}.csv" + (f"?{urlencode(values)}" if values else "")
        return shown(edition, desks.question_page(edition, lang, one, values, found, address))

    @app.api_route(f"{prefix}/query", methods=["GET", "POST"], include_in_schema=False)
    async def query(request: Request) -> Response:
        edition, form = living.edition, await _form(request)
        found: knowledge.Result | str | None = None
        if form:
            try:
                found = await asking.answer(edition, endpoint.Asked("".join(form.get("query", ())), Dataset()))
            except (UsageError, endpoint.RefusedError) as error:
                found = endpoint.failure(error)[1][lang == "en"]
        page = await run_in_threadpool(desks.query_page, edition, lang, form or _query(request), found, bounds)
        return shown(edition, page)


def _add_pages(app: FastAPI, living: Living) -> None:
    @app.api_route("/{address:path}", methods=["GET", "HEAD"], include_in_schema=False)
    async def page(address: str, request: Request) -> Response:
        lang: Lang = "en" if address.startswith("en/") or address == "en" else "ja"
        if address == "en":
            return RedirectResponse("/en/", 308)
        inner = address.removeprefix("en/") or "index.html"
        found = _entity(living.edition, inner, request, lang) or _file(living, lang, inner)
        return found if found else await run_in_threadpool(_early, living, lang, inner)


def _file(living: Living, lang: Lang, inner: str) -> Response | None:
    """A file of the site; a page gets the desks in its menu and what is wrong with the tables."""
    desk = living.edition.desks[lang]
    kind = guess_type(inner)[0] or "application/octet-stream"
    if inner.startswith("assets/"):
        if inner == f"assets/frame.{inner[13:15]}.js":
            of = living.edition.desks["en" if inner[13:15] == "en" else "ja"]
            return Response(frame_script(of, desks.served_menu(of)), media_type=kind)
        content = _asset(inner)
        if content is not None:
            return Response(content, media_type=kind)
    if not living.folder or not _SAFE.fullmatch(inner):
        return None
    try:
        content = living.folder.joinpath("en" if lang == "en" and kind == HTML else "", inner).read_bytes()
    except OSError:
        return None
    if kind == HTML:
        content = _with_trouble(_with_desks(content, inner, desks.desk_links(desk)), living.trouble[lang])
    return Response(content, media_type=kind)


def _asset(inner: str) -> bytes | None:
    """A script or style sheet of the package; those that a publication makes are in its folder."""
    if _SAFE.fullmatch(inner):
        for home in ("hazama.site.serve", "hazama.site"):
            file = files(home) / inner
            if file.is_file():
                return file.read_bytes()
    return None


def _early(living: Living, lang: Lang, inner: str) -> Response:
    """概要 while the other pages are being made, and a page that says so, or that there is none."""
    edition, desk = living.edition, living.edition.desks[lang]
    if not living.folder and inner == "index.html":
        return Response(desks.html(desk, next(pages(desk, edition.lacks))), media_type=HTML)
    if not living.folder and _SAFE.fullmatch(inner) and not living.trouble[lang]:
        notice = desks.notice_page(desk, desk.words("preparing"), desk.words("preparing_lead"))
        return Response(desks.html(desk, notice), 503, {"Refresh": "2", "Retry-After": "2"}, HTML)
    notice = desks.notice_page(desk, desk.words("not_found"), "")
    return Response(_with_trouble(desks.html(desk, notice).encode(), living.trouble[lang]), 404, media_type=HTML)


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
    term = _term(edition, key)
    said = [one for one in triples(edition.town) if term in (one[0], one[2])]
    return Response(rdf(said, kind), media_type=kind, headers={"Vary": "Accept"})


def _term(edition: Edition, key: tuple[str, str]) -> str:
    row = edition.ground.rows.get(key)
    return edition.addresses.row(key[0], row) if row else edition.addresses.concept(*key)


def _with_desks(content: bytes, inner: str, group: MenuGroup) -> bytes:
    """The page with the desks at the end of its menu; pages in folders get theirs from the frame's script."""
    if "/" in inner:
        return content
    entries = "".join(f"<li>{link(one, one.text.lang, '')}" for one in group.links)
    return content.replace(b"</nav>", f"<p>{escape(group.heading)}</p><ul>{entries}</ul></nav>".encode(), 1)


def _with_trouble(content: bytes, trouble: Sequence[str]) -> bytes:
    """The page with what is wrong with the tables above everything."""
    if not trouble:
        return content
    cells = "".join(f"<li>{escape(one)}</li>" for one in trouble[1:])
    told = f'<div class="trouble" role="alert">{escape(trouble[0])}<ul>{cells}</ul></div>'.encode()
    styled = content.replace(
        b"<link rel=stylesheet", b"<link rel=stylesheet href=/assets/serve.css><link rel=stylesheet", 1
    )
    return _MAIN.sub(lambda found: found[0] + told, styled, count=1)


async def _form(request: Request) -> dict[str, list[str]]:
    """The fields of a posted form; nothing of it is kept."""
    if request.method != "POST":
        return {}
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != endpoint.FORM:
        raise endpoint.RefusedError(415, "media_type", kinds=endpoint.FORM)
    try:
        return _grouped((await request.body()).decode("ascii"))
    except UnicodeDecodeError as error:
        raise endpoint.RefusedError(400, "not_utf8") from error


def _query(request: Request) -> dict[str, list[str]]:
    return _grouped(request.url.query)


def _values(request: Request) -> dict[str, str]:
    return {name: value for name, value in endpoint.fields(request.url.query) if value}


def _grouped(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in endpoint.fields(text):
        found.setdefault(name, []).append(value)
    return found


async def _refused(request: Request, error: Exception) -> Response:
    """What was refused, in the language of the page; the API tells it as JSON."""
    assert isinstance(error, (HazamaError, endpoint.RefusedError))
    status, said = endpoint.failure(error)  # type: ignore[arg-type]
    if request.url.path.startswith("/api/"):
        from fastapi.responses import JSONResponse

        return JSONResponse({"detail": said[request.query_params.get("lang") == "en"]}, status)
    english = request.headers.get("accept-language", "").startswith("en") or request.url.path.startswith("/en/")
    return Response(f"{said[english]}\n", status, media_type="text/plain")
