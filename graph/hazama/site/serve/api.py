"""The answers of the commands as JSON, described by OpenAPI at ``/api/openapi.json``."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path, Query, Request
from pydantic import AfterValidator

from hazama import knowledge
from hazama.audits.register import state
from hazama.audits.report import finding_record
from hazama.audits.run import audit
from hazama.coverage import listing, records, research, words
from hazama.site.serve.edition import Edition
from hazama.site.serve.endpoint import RefusedError, fields

Lang = Annotated[Literal["ja", "en"], Query(description="Language of names and sentences")]
Reach = Annotated[Literal["dedicated", "included", "open"], Query(description="The weakest reach that counts")]
Name = Annotated[str | None, Query(max_length=200)]
Names = Annotated[list[Annotated[str, Query(max_length=200)]], Query(max_length=20)]
Top = Annotated[int, Query(ge=1, le=500, description="How many")]
Record = dict[str, Any]
MOST_VALUES = 1_000
"""Keys and values of a document: far more than a household or a plan has."""
SECONDS = 8.0


def _bounded(document: Record) -> Record:
    """A document of text as anybody can write it, and of a size that is answered while others wait."""
    values: list[Any] = [document]
    for count, one in enumerate(values):
        if count > MOST_VALUES:
            raise RefusedError(413, "too_many_fields")
        values += [*one, *one.values()] if isinstance(one, dict) else one if isinstance(one, list) else ()
    try:
        "".join(one for one in values if isinstance(one, str)).encode()
    except UnicodeEncodeError as error:  # half a pair of surrogates
        raise RefusedError(400, "not_utf8") from error
    return document


Document = Annotated[Record, Body(), AfterValidator(_bounded)]
_REFUSED = {
    400: {"description": "The question was put wrongly", "model": dict[str, str]},
    404: {"description": "There is no such question", "model": dict[str, str]},
    413: {"description": "There are too many fields", "model": dict[str, str]},
}


def api(edition: Callable[[], Edition]) -> APIRouter:
    """The routes; each asks for the edition of the moment."""
    routes = APIRouter(prefix="/api", responses=_REFUSED)  # type: ignore[arg-type]

    @routes.get("/town")
    def town() -> Record:
        """What is served: its name, its date, and how many rows count in each table."""
        now, layer = edition().town, edition().town.layer
        return {"name": layer.name, "name_en": layer.name_en, "code": layer.code, "as_of": layer.as_of,
                "rows": {table: len(rows) for table, rows in now.tables()}}  # fmt: skip

    @routes.get("/find")
    def find(
        theme: Name = None, need: Name = None, field: Name = None, function: Name = None, reach: Name = None,
        age: Annotated[int | None, Query(ge=0, le=130)] = None, condition: Names = [],  # noqa: B006  FastAPI copies it
        district: Name = None, agency: Name = None, provision: Name = None, text: Name = None, lang: Lang = "ja",
    ) -> list[Record]:  # fmt: skip
        """Programmes by category and by person."""
        criteria = knowledge.Criteria(
            theme=theme, need=need, field=field, function=function, reach=reach, age=age, condition=tuple(condition),
            district=district, agency=agency, provision=provision, text=text,
        )  # fmt: skip
        return [dict(knowledge.match_record(match, lang)) for match in knowledge.find(edition().town, criteria)]

    @routes.get("/show/{id:path}")
    def show(id: Annotated[str, Path(max_length=200)], lang: Lang = "ja") -> list[Record]:
        """Everything about one row, by id or name."""
        return [dict(line) for line in knowledge.show_records(knowledge.show(edition().town, id), lang)]

    @routes.get("/questions")
    def questions(lang: Lang = "ja") -> list[Record]:
        """The named questions with their parameters."""
        return [
            {"id": one.id, "title": one.title.label(lang), "group": one.group.label(lang),
             "parameters": {each.name: each.label.label(lang) for each in one.parameters}}
            for one in knowledge.questions(edition().ground.own)
        ]  # fmt: skip

    @routes.get("/ask/{question}")
    def ask(request: Request, question: Annotated[str, Path(max_length=200)], lang: Lang = "ja") -> list[Record]:
        """The answer to a named question; its parameters are further parameters of the address."""
        now, values = edition(), {name: value for name, value in fields(request.url.query) if name != "lang" and value}
        return [dict(row) for row in knowledge.answer_records(now.answer(now.question(question), values), lang)]

    @routes.get("/gaps")
    def gaps(
        reading: Literal["certain", "possible"] = "certain", reach: Reach = "open", need: Names = [],  # noqa: B006
        top: Top = 20, lang: Lang = "ja",
    ) -> Record:  # fmt: skip
        """What no programme reaches, the heaviest first, with reasons."""
        space = edition().space(reading, reach, tuple(need))
        return records.listing_document(words.speech(space), listing.listing(space, top, SECONDS), lang)

    @routes.get("/research")
    def research_list(top: Top = 20, lang: Lang = "ja") -> list[Record]:
        """Which blank cells to look up first."""
        space = edition().space("possible")
        speech = words.speech(space)
        return [records.research_record(speech, cell, lang) for cell in research.research_list(space, top)]

    @routes.post("/case")
    def case(household: Document, lang: Lang = "ja") -> Record:
        """What the town is to a household {"persons": [{"age": 54, "needs": ["withdrawal"]}]}; nothing is stored."""
        return edition().case(household, lang)

    @routes.post("/whatif")
    def whatif(changes: Document, lang: Lang = "ja") -> Record:
        """What changes {"change": [{"program": "p_yw", "max_age": 64}]} close and open."""
        return edition().whatif(changes, lang)

    @routes.get("/audit")
    def findings(only: Names = [], lang: Lang = "ja") -> list[Record]:  # noqa: B006
        """Findings on law, governance, coverage, continuity, challenges and evidence."""
        base = edition().ground
        found = audit(base.whole, base.scope, only, base.own)
        return [finding_record(one, state(one, {}, base.scope.as_of), None, lang) for one in found]

    return routes
