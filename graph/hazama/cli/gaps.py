"""Commands about what no programme reaches: gaps, research, case, whatif, shock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import wraps
from pathlib import Path
from sys import maxsize
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from hazama.cli.gap_input import case_document, json_document, list_cases, typed, yaml_document
from hazama.cli.gap_output import (
    Record,
    answer,
    answer_bare,
    answer_query,
    answer_triples,
    case_lines,
    case_rows,
    gap_rows,
    listed,
    tell_proven,
    tell_weighed,
    timely,
)
from hazama.cli.options import Command, TownRequest, town_options
from hazama.cli.output import Out
from hazama.model.errors import UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.coverage.deadline import Deadline
    from hazama.coverage.space import Reach, Reading, TownSpace
    from hazama.knowledge.terms import Triple

REACHES: Mapping[str, Reach] = {
    "専用": "dedicated", "対象に含む": "included", "受け皿": "open",
    "dedicated": "dedicated", "included": "included", "open": "open",
}  # fmt: skip


BARE = frozenset({"instance", "top", "everything", "deadline", "lang"})
"""What a bare instance can be asked with, ``--format json`` beside it."""


class SpaceRequest(NamedTuple):
    """The town that was asked for, how far programmes reach, and the needs and functions it is about."""

    request: TownRequest
    reach: Reach
    needs: tuple[str, ...]
    functions: tuple[str, ...]

    def space(self, reading: Reading = "certain") -> TownSpace:
        """The space of the town; needs and functions by any name they have."""
        from hazama.coverage.space import space
        from hazama.knowledge.labels import directory

        town = self.request.viewed()
        names = directory(town)
        needs, functions = names.ids("needs", self.needs), names.ids("functions", self.functions)
        return space(town, reading, self.reach, needs, functions)


reach_option = click.option(
    "--reach",
    type=click.Choice(list(REACHES)),
    default="受け皿",
    show_default=True,
    callback=lambda _ctx, _param, value: REACHES[value],
    help="どこまでを届いていると数えるか / the weakest reach that counts",
)


def space_options(command: Command) -> Command:
    """``[TOWN] --as-of … --reach --need --function`` as one argument, ``asked``."""

    @town_options
    @reach_option
    @click.option("--need", "needs", multiple=True, help="この地域生活課題だけ / these needs only")
    @click.option("--function", "functions", multiple=True, help="この支援機能だけ / these functions")
    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return command(*args, asked=SpaceRequest(*map(kwargs.pop, SpaceRequest._fields)), **kwargs)

    return wrapped


def list_options(command: Command) -> Command:
    """``--top --all`` as ``most``; None for all."""

    @click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="上から何件 / how many")
    @click.option("--all", "everything", is_flag=True, help="すべて / every one")
    @wraps(command)
    def wrapped(*args: Any, top: int, everything: bool, **kwargs: Any) -> Any:
        return command(*args, most=None if everything else top, **kwargs)

    return wrapped


@click.command()
@space_options
@click.option(
    "--instance",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="町でなく問題ファイル（JSON） / a bare instance",
)
@click.option("--reading", type=click.Choice(["certain", "possible", "both"]), default="certain", show_default=True)
@list_options
@click.option(
    "--brief", is_flag=True, help="重なりを除いて大きい順に、累計の割合も / what each adds, with cumulative share"
)
@click.option("--why", is_flag=True, help="近い事業と、止まるところも / near misses and where each stops")
@click.option("-q", "--query", help="狭間を加えた町のグラフに SPARQL で問う / ask the graph with its gaps in SPARQL")
@timely("nt")
def gaps(
    asked: SpaceRequest,
    instance: Path | None,
    reading: str,
    most: int | None,
    brief: bool,
    why: bool,
    query: str | None,
    until: Deadline,
    out: Out,
) -> None:
    """どの事業も届かない狭間を全部見つける / Find what no programme reaches, exactly."""
    if instance is not None:
        return bare(instance, most, until, out)
    from hazama.coverage import listing, rdf, records, words

    documents: list[Record] = []
    triples: list[Triple] = []
    readings: tuple[Reading, ...] = ("certain", "possible")
    town = asked.space()
    for one in readings if reading == "both" else [one for one in readings if one == reading]:
        town = town.like(reading=one)
        found = listing.briefing(town, most or maxsize, until) if brief else listing.listing(town, most, until)
        if query is not None or out.format == "nt":
            triples += rdf.gap_triples(town, found, asked.request.scope(town.town).as_of)
        else:
            documents.append(records.listing_document(words.speech(town), found, out.lang, until))
        tell_proven(out, found)
    tell_counted(out, town)
    if query is not None:
        return answer_query(out, town.town, triples, query)
    if out.format == "nt":
        return answer_triples(out, triples)
    keys = ["reading"] * (len(documents) > 1) + ["id", "sentence", "size"] + ["people", "demand"] * town.people
    keys += ["share"] * brief + ["near", "stops"] * why
    rows = (row for document in documents for row in gap_rows(out, document))
    answer(out, documents[0] if len(documents) == 1 else documents, rows, *keys)


def tell_counted(out: Out, town: TownSpace) -> None:
    """What weights count, which programmes could not count, and what helps where blank limits are left."""
    from hazama.coverage.space import unclassified

    tell_weighed(out, town)
    if without := unclassified(town.town):
        names = listed(out, ((out.lang == "en" and one.name_en) or one.name for one in without))
        out.tell("unclassified", count=len(without), names=names)
    if town.reading == "possible":
        out.tell("look_up")


def bare(instance: Path, most: int | None, until: Deadline, out: Out) -> None:
    """Answers a bare instance, always as JSON; ``UsageError`` for an option that needs a town."""
    if unfit := [param.opts[-1] for param in click.get_current_context().command.params if _needs_town(param, out)]:
        raise UsageError(*phrase("coverage", "needs_town", value=listed(out, unfit)))
    from hazama import coverage
    from hazama.coverage.instance import as_json
    from hazama.coverage.instance import instance as read

    try:
        given = read(json_document(instance, until), until)
    except TimeoutError:
        answer_bare({"complete": False, "bound": None, "totals": None}, ())
        return out.tell("not_read")
    found = coverage.answer(given.space, until) if most is None else coverage.top(given.space, most, until)
    answer_bare(as_json(given, replace(found, gaps=()), until), map(given.told, found.gaps))
    if given.unread:
        out.tell("unread", value=listed(out, given.unread))


def _needs_town(param: click.Parameter, out: Out) -> bool:
    given = click.get_current_context().get_parameter_source(str(param.name)) is ParameterSource.COMMANDLINE
    return given and param.name not in BARE and (param.name != "format" or out.format != "json")


@click.command()
@space_options
@list_options
@timely()
def research(asked: SpaceRequest, most: int | None, until: Deadline, out: Out) -> None:
    """先に調べる空欄を、決まる大きさの順に挙げる / Which blank cells to look up first."""
    from hazama.coverage import records, words
    from hazama.coverage.research import research_list

    town = asked.space("possible")
    speech = words.speech(town)
    rows = [records.research_record(speech, cell, out.lang) for cell in research_list(town, most, deadline=until)]
    answer(out, rows, rows, "name", "place", "cells", "decides")
    tell_weighed(out, town, until)


@click.command()
@click.argument("file", required=False)
@town_options
@click.option("--age", type=click.IntRange(0, 119), help="満年齢 / age in years")
@click.option("--need", "needs", multiple=True, help="地域生活課題 / needs")
@click.option("--with", "conditions", multiple=True, metavar="DIMENSION=VALUE", help="要件（例: certificate=手帳なし）")
@reach_option
@timely()
def case(
    file: str | None,
    request: TownRequest,
    age: int | None,
    needs: tuple[str, ...],
    conditions: tuple[str, ...],
    reach: Reach,
    until: Deadline,
    out: Out,
) -> None:
    """世帯の事例に町の事業を当てる / What a town's programmes are to a household; nothing is stored."""
    from hazama.coverage import records, words
    from hazama.coverage.household import persona
    from hazama.coverage.households import household

    if age is not None:
        request, document = typed(file, request, age, needs, conditions)
    elif file is None:
        return list_cases()
    else:
        document = case_document(file)
    town = SpaceRequest(request, reach, (), ()).space()
    speech = words.speech(town)
    found = records.case_document(speech, persona(town, household(document, speech.names)), out.lang)
    rows = (row for served in found["served"] for row in case_rows(out, served))
    answer(out, found, rows, "person", "need", "name", "reach", "sureness")
    for line in filter(None, case_lines(out, found) if out.format != "json" else ()):
        click.echo(line, err=True)


@click.command()
@click.argument("changes", required=False, type=click.Path(path_type=Path))
@space_options
@click.option(
    "--suggest",
    type=click.IntRange(1, 50),
    metavar="N",
    help="外すと多くの狭間に届く要件を N 個挙げる / the N limits whose lifting reaches most",
)
@timely()
def whatif(changes: Path | None, asked: SpaceRequest, suggest: int | None, until: Deadline, out: Out) -> None:
    """事業を足す・変える・終えると何が閉じ何が開くか / What adding, changing or ending programmes does."""
    from hazama.coverage import listing, records, words
    from hazama.coverage.changes import changed
    from hazama.coverage.whatif import what_if

    if suggest is not None:
        return suggested(_changes_or_town(changes, asked).space(), suggest, until, out)
    if changes is None:
        raise click.MissingParameter(param_hint="CHANGES", param_type="argument")
    town, after = changed(yaml_document(changes), asked.space())
    found = what_if(town.space, after.space, tuple(listing.slices(town)), until)
    document = records.whatif_document(words.speech(town), found, out.lang)
    parts = (("closes", "closed"), ("opens", "opened"))
    rows = ({**row, "effect": out.say(effect)} for effect, part in parts for row in document[part])
    answer(out, document, rows, "effect", "id", "sentence", "size", *["people"] * town.people)
    if found.gained is not None:
        counts = {"closed": len(found.closed), "opened": len(found.opened)}
        out.tell("whatif_done", gained=f"{found.gained:,.0f}", lost=f"{found.lost:,.0f}", **counts)
    tell_weighed(out, town, until)


def suggested(town: TownSpace, most: int, until: Deadline, out: Out) -> None:
    """The limits whose lifting reaches most of what no programme reaches, one after the other."""
    from hazama.coverage import records, words
    from hazama.coverage.whatif import remedies

    limits = [place for place, axis in enumerate(town.axes) if axis.dimension.role == "limit"]
    document = records.remedies_document(words.speech(town), remedies(town.space, most, limits, until), out.lang)
    rows = ({**row, "share": f"{row['share']:.1%}"} for row in document["lifts"])
    answer(out, document, rows, "name", "limit", "provision", "place", "closes", "share")
    if document["open"] is not None:
        out.tell("suggest_done", **{name: f"{document[name]:,.0f}" for name in ("closed", "bound", "open")})
    tell_weighed(out, town, until)


@click.command()
@click.argument("ids", nargs=-1, metavar="ID…")
@space_options
@click.option("--sole", is_flag=True, help="その事業だけが届くところ / what only these programmes serve")
@timely()
def shock(ids: tuple[str, ...], asked: SpaceRequest, sole: bool, until: Deadline, out: Out) -> None:
    """事業・機関・法令がなくなると何が開くか / What opens when a programme, an agency or a law goes."""
    from hazama.coverage import listing, records, words
    from hazama.coverage import whatif as effects
    from hazama.coverage.changes import removed

    ids, asked = _town_last(ids, asked)
    if not (ids or sole):
        raise click.MissingParameter(param_hint="ID…", param_type="argument")
    town = asked.space()
    if not ids:
        return relied_on(town, until, out)
    speech, rooms, gone = words.speech(town), tuple(listing.slices(town)), removed(town, ids)
    if sole:
        served = {one: effects.sole(town.space, one, rooms, until) for one in gone}
        rows = [row for one in gone for row in records.alone_records(speech, one, served[one], out.lang)]
        answer(out, rows, rows, "name", "alone", "size")
        return tell_weighed(out, town, until)
    found = effects.shock(town.space, gone, rooms, until)
    document = records.shock_document(speech, gone, found, out.lang)
    answer(out, document, document["opened"], "id", "sentence", "size", *["people"] * town.people)
    if found.lost is not None:
        names = listed(out, document["removed"])
        out.tell("shock_done", names=names, demand=f"{found.lost:,.0f}", opened=len(found.opened))
    tell_weighed(out, town, until)


def relied_on(town: TownSpace, until: Deadline, out: Out) -> None:
    """The programmes that alone serve somebody, those that alone serve most first."""
    from hazama.coverage import records, words
    from hazama.coverage.totals import sole_demand

    try:
        alone = sole_demand(town.space, until)
    except TimeoutError:
        alone = {}
    rows = records.sole_records(words.speech(town), alone, out.lang)
    answer(out, rows, rows, "id", "name", "demand")
    tell_weighed(out, town, until)


def _changes_or_town(changes: Path | None, asked: SpaceRequest) -> SpaceRequest:
    """The first name on the line is the town where nothing is asked about changes."""
    return asked if changes is None else asked._replace(request=asked.request._replace(path=changes))


def _town_last(names: tuple[str, ...], asked: SpaceRequest) -> tuple[tuple[str, ...], SpaceRequest]:
    """Names and town, where the name that stands in the place of the town is none."""
    path = asked.request.path
    if path is None or path.is_dir():
        return names, asked
    return (*names, str(path)), asked._replace(request=asked.request._replace(path=None))


COMMANDS = [gaps, research, case, whatif, shock]
