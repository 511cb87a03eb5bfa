"""Commands about what no programme reaches: gaps, research, case, whatif, shock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import wraps
from pathlib import Path
from sys import maxsize
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from hazama.cli.gap_input import case_document, json_document, list_cases, stopped_by_ctrl_c, typed, yaml_document
from hazama.cli.gap_output import (
    case_lines,
    case_rows,
    gap_rows,
    peopled,
    print_answer,
    print_gaps,
    print_json,
    print_rows,
    say,
    talk,
    tell,
    weighed,
    write_triples,
)
from hazama.cli.options import Command, TownRequest, format_option, lang_option, town_options

if TYPE_CHECKING:
    from hazama.coverage.space import Reach, Reading, TownSpace
    from hazama.knowledge.terms import Triple

REACHES: Mapping[str, Reach] = {
    "専用": "dedicated", "対象に含む": "included", "受け皿": "open",
    "dedicated": "dedicated", "included": "included", "open": "open",
}  # fmt: skip
FORMATS = ("table", "json", "csv", "md", "xlsx")


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
        needs, functions = (
            [names.resolve(text, (kind,))[1] for text in texts]
            for kind, texts in (("needs", self.needs), ("functions", self.functions))
        )
        return space(town, reading, self.reach, needs, functions)


def reach_option(command: Command) -> Command:
    """``--reach`` in Japanese or English, as an id."""
    return click.option(
        "--reach",
        type=click.Choice(list(REACHES)),
        default="受け皿",
        show_default=True,
        callback=lambda _ctx, _param, value: REACHES[value],
        help="どこまでを届いていると数えるか / the weakest reach that counts",
    )(command)


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
@click.option("--deadline", type=click.FloatRange(0), metavar="SECONDS", help="打ち切るまでの秒数 / stop after")
@click.option("-q", "--query", help="狭間を加えた町のグラフに SPARQL で問う / ask the graph with its gaps in SPARQL")
@lang_option
@format_option(*FORMATS, "nt")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="xlsx・nt の書き出し先 / where to write")
def gaps(
    asked: SpaceRequest,
    instance: Path | None,
    reading: str,
    most: int | None,
    brief: bool,
    why: bool,
    deadline: float | None,
    query: str | None,
    lang: str,
    format: str,
    output: Path | None,
) -> None:
    """どの事業も届かない狭間を全部見つける / Find what no programme reaches, exactly."""
    if instance is not None:
        return bare(instance, most, deadline, lang)
    from hazama.coverage import listing, rdf, records, words
    from hazama.coverage.deadline import Deadline

    documents: list[dict[str, Any]] = []
    triples: list[Triple] = []
    until = Deadline(deadline)
    for one in ("certain", "possible") if reading == "both" else (reading,):
        town = asked.space(one)
        with stopped_by_ctrl_c(until.stop):
            found = listing.briefing(town, most or maxsize, until) if brief else listing.listing(town, most, until)
            if query is not None or format == "nt":
                triples += rdf.gap_triples(town, found, asked.request.scope(town.town).as_of)
            else:
                documents.append(records.listing_document(words.speech(town), found, lang, until))
        tell(town, found, lang)
    if query is not None:
        return print_answer(town.town, triples, query, "table" if format in ("xlsx", "nt") else format, lang)
    if format == "nt":
        return write_triples(triples, output)
    if format == "json":
        return print_json(documents[0] if len(documents) == 1 else documents)
    rows = [{**row, "reading": say(doc["reading"], lang)} for doc in documents for row in gap_rows(doc, lang)]
    keys = ["reading"] * (len(documents) > 1) + ["id", "sentence", "size"] + ["people"] * bool(peopled(documents))
    keys += ["share"] * brief + ["near", "stops"] * why
    print_rows(rows, keys, format, output, lang)


@click.command()
@space_options
@list_options
@lang_option
@format_option(*FORMATS)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="xlsx の書き出し先 / where to write xlsx")
def research(
    asked: SpaceRequest,
    most: int | None,
    lang: str,
    format: str,
    output: Path | None,
) -> None:
    """先に調べる空欄を、決まる大きさの順に挙げる / Which blank cells to look up first."""
    from hazama.coverage import records, words
    from hazama.coverage.research import research_list

    town = asked.space("possible")
    speech = words.speech(town)
    rows = [records.research_record(speech, cell, lang) for cell in research_list(town, most)]
    print_rows(rows, ["name", "place", "cells", "decides"], format, output, lang)
    weighed(town, lang)


@click.command()
@click.argument("file", required=False)
@town_options
@click.option("--age", type=click.IntRange(0), help="満年齢 / age in years")
@click.option("--need", "needs", multiple=True, help="地域生活課題 / needs")
@click.option("--with", "conditions", multiple=True, metavar="DIMENSION=VALUE", help="要件（例: certificate=手帳なし）")
@reach_option
@lang_option
@format_option("table", "json", "csv", "md")
def case(
    file: str | None,
    request: TownRequest,
    age: int | None,
    needs: tuple[str, ...],
    conditions: tuple[str, ...],
    reach: Reach,
    lang: str,
    format: str,
) -> None:
    """世帯の事例に町の事業を当てる / What a town's programmes are to a household; nothing is stored."""
    from hazama.coverage import records, words
    from hazama.coverage.household import persona
    from hazama.coverage.households import household
    from hazama.knowledge.labels import directory

    if age is not None:
        request, document = typed(file, request, age, needs, conditions)
    elif file is None:
        return list_cases()
    else:
        document = case_document(file)
    town = SpaceRequest(request, reach, (), ()).space()
    names = directory(town.town)
    found = records.case_document(words.Speech(town, names), persona(town, household(document, names)), lang)
    if format == "json":
        return print_json(found)
    rows = [row for served in found["served"] for row in case_rows(served, lang)]
    print_rows(rows, ["person", "need", "name", "reach", "sureness"], format, None, lang)
    for line in case_lines(found, lang):
        click.echo(line, err=True)


@click.command()
@click.argument("changes", required=False, type=click.Path(path_type=Path))
@space_options
@lang_option
@format_option("table", "json", "csv", "md")
@click.option(
    "--suggest",
    type=click.IntRange(1, 50),
    metavar="N",
    help="外すと多くの狭間に届く要件を N 個挙げる / the N limits whose lifting reaches most",
)
def whatif(
    changes: Path | None,
    asked: SpaceRequest,
    suggest: int | None,
    lang: str,
    format: str,
) -> None:
    """事業を足す・変える・終えると何が閉じ何が開くか / What adding, changing or ending programmes does."""
    from hazama.coverage import outcomes, records, words
    from hazama.coverage.changes import steps

    if suggest is not None:
        return suggested(_changes_or_town(changes, asked).space(), suggest, lang, format)
    if changes is None:
        raise click.MissingParameter(param_hint="CHANGES", param_type="argument")
    town, listed = steps(yaml_document(changes), asked.space())
    found = outcomes.town_what_if(town, listed)
    document = records.whatif_document(words.speech(town), found, lang)
    if format == "json":
        return print_json(document)
    parts = (("closes", "closed"), ("opens", "opened"))
    rows = [{**row, "effect": say(effect, lang)} for effect, part in parts for row in document[part]]
    print_rows(rows, ["effect", "id", "sentence", "size"], format, None, lang)
    counts = {"closed": len(found.closed), "opened": len(found.opened)}
    talk("whatif_done", lang, gained=f"{found.gained:,.0f}", lost=f"{found.lost:,.0f}", **counts)
    weighed(town, lang)


@click.command()
@click.argument("ids", nargs=-1, metavar="ID…")
@space_options
@lang_option
@format_option("table", "json", "csv", "md")
@click.option("--sole", is_flag=True, help="その事業だけが届くところ / what only these programmes serve")
def shock(
    ids: tuple[str, ...],
    asked: SpaceRequest,
    sole: bool,
    lang: str,
    format: str,
) -> None:
    """事業・機関・法令がなくなると何が開くか / What opens when a programme, an agency or a law goes."""
    from hazama.coverage import outcomes, records, words

    ids, asked = _town_last(ids, asked)
    if sole and not ids:
        return relied_on(asked.space(), lang, format)
    if not ids:
        raise click.MissingParameter(param_hint="ID…", param_type="argument")
    town = asked.space()
    gone = outcomes.removed(town, ids)
    if sole:
        return served_alone(town, gone, lang, format)
    found = outcomes.town_shock(town, gone)
    document = records.shock_document(words.speech(town), found, lang)
    if format == "json":
        return print_json(document)
    print_rows(document["opened"], ["id", "sentence", "size"], format, None, lang)
    names = say("comma", lang).join(document["removed"])
    talk("shock_done", lang, names=names, demand=f"{found.demand:,.0f}", opened=len(found.opened))
    weighed(town, lang)


def suggested(town: TownSpace, most: int, lang: str, format: str) -> None:
    """The limits whose lifting reaches most of what no programme reaches, one after the other."""
    from hazama.coverage import outcomes, records, words

    document = records.remedies_document(words.speech(town), outcomes.town_remedies(town, most), lang)
    if format == "json":
        return print_json(document)
    rows = [{**row, "share": f"{row['share']:.1%}"} for row in document["lifts"]]
    print_rows(rows, ["name", "limit", "provision", "place", "closes", "share"], format, None, lang)
    talk("suggest_done", lang, **{name: f"{document[name]:,.0f}" for name in ("closed", "bound", "open")})
    weighed(town, lang)


def relied_on(town: TownSpace, lang: str, format: str) -> None:
    """The programmes that alone serve somebody, those that alone serve most first."""
    from hazama.coverage import records, words
    from hazama.coverage.totals import sole_demand

    rows = records.sole_records(words.speech(town), sole_demand(town.space), lang)
    print_rows(rows, ["id", "name", "demand"], format, None, lang)
    weighed(town, lang)


def served_alone(town: TownSpace, programs: tuple[str, ...], lang: str, format: str) -> None:
    """What each of these programmes alone serves, need by need."""
    from hazama.coverage import outcomes, words

    speech = words.speech(town)
    rows = [
        {
            "program": program,
            "name": speech.names.label("programs", program).label(lang),
            "alone": speech.subject(gap.masks).label(lang),
            "size": gap.size,
            "demand": gap.demand,
        }
        for program in programs
        for gap in outcomes.town_sole(town, program)
    ]
    print_rows(rows, ["name", "alone", "size"], format, None, lang)
    weighed(town, lang)


def bare(instance: Path, most: int | None, seconds: float | None, lang: str) -> None:
    """Answers a bare instance, always as JSON; Ctrl-C is an early deadline, a second one ends at once."""
    from hazama import coverage
    from hazama.coverage.deadline import Deadline
    from hazama.coverage.instance import as_json
    from hazama.coverage.instance import instance as read

    until = Deadline(seconds)
    with stopped_by_ctrl_c(until.stop):
        try:
            found = read(json_document(instance, until), until)
        except TimeoutError:
            print_gaps({"complete": False, "bound": None, "totals": None}, ())
            return talk("not_read", lang)
        answer = coverage.answer(found.space, until) if most is None else coverage.top(found.space, most, until)
        print_gaps(as_json(found, replace(answer, gaps=()), until), map(found.told, answer.gaps))
        talk("unread" if found.unread else "", lang, value="、".join(found.unread))


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
