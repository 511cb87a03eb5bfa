"""Commands that look for lacks: audit, register, law, diff, compare."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hazama.cli import messages
from hazama.cli.options import Command, TownRequest, existing, format_option, lang_option, parsed_date, town_options
from hazama.cli.output import emit, plain
from hazama.model.errors import UsageError
from hazama.resources import phrase, words

if TYPE_CHECKING:
    from hazama.model.town import Municipality

FOUND = ("severity", "group", "state", "sentence", "next_step", "people", "places", "id")
SHORT = ("severity", "state", "sentence", "id")
DECIDED = ("finding", "decision", "reason", "by", "on", "until", "program")

_say = partial(messages.say, floor="audits")
Records = Sequence[Mapping[str, object]]


@click.command()
@town_options
@click.option("--only", metavar="GROUP,…", help="まとまりか監査の名だけ（例: law,governance:silo） / groups or audits")
@click.option("--fail-on", metavar="NAME,…", help="当てはまれば終了コード1（例: law:duty,high） / exit 1 when met")
@lang_option
@format_option("table", "json", "csv", "md", "xlsx", "nt")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="xlsx の書き出し先 / where to write xlsx")
@click.pass_context
def audit(
    ctx: click.Context,
    request: TownRequest,
    only: str | None,
    fail_on: str | None,
    lang: str,
    format: str,
    output: Path | None,
) -> None:
    """町に足りないものを所見として挙げる / List what a town lacks, as findings."""
    from hazama import audits
    from hazama.knowledge.triples import n_triples

    if format == "xlsx" and output is None:
        raise UsageError(*phrase("audits", "xlsx_needs_output"))
    folder, town = existing(request.path), request.whole()
    scope, thresholds = request.scope(town), _names(fail_on)
    audits.over_threshold([], thresholds, folder)
    decided = audits.read_register(folder)
    findings = audits.audit(town, scope, _names(only), folder)
    states = {one.id: audits.state(one, decided, scope.as_of) for one in findings}
    if format == "md":
        click.echo(audits.report(town, scope, findings, decided, lang, folder), nl=False)
    elif format == "nt":
        click.echo(n_triples(audits.finding_triples(town, scope, findings, folder)), nl=False)
    else:
        records = [audits.finding_record(one, states[one.id], decided.get(one.id), lang) for one in findings]
        _print_findings(records, lang, format, output)
    new = [one for one in findings if states[one.id] not in ("accepted", "planned")]
    counts: dict[str, Any] = audits.counts(findings, decided, scope.as_of) | ({"closed": 0} if only else {})
    date = scope.as_of or _say("report_all_times", lang)
    click.echo(_say("audit_done", lang, **counts, date=date), err=True)
    if over := audits.over_threshold(new, thresholds, folder):
        click.echo(_say("over", lang, count=len(over), names=fail_on or ""), err=True)
        ctx.exit(1)


def _print_findings(records: list[dict[str, Any]], lang: str, format: str, output: Path | None) -> None:
    if format != "json":
        records = [{**one, "places": [source["place"] for source in one["sources"]]} for one in records]
    coded = ("severity", "group", "state")
    if output is None or format != "xlsx":
        return _print(records, format, lang, SHORT if format == "table" else FOUND, coded)
    return _write_sheet(_in_words(records, lang, coded), lang, output)


def _write_sheet(records: Records, lang: str, output: Path) -> None:
    from pandas import DataFrame

    from hazama.tables import to_excel

    headings = _headings(FOUND, lang)
    lines = [[plain(record[key]) if key != "people" else record[key] for key in headings] for record in records]
    to_excel({_say("heading_sentence", lang): DataFrame(lines, columns=list(headings.values()))}, output)


@click.group()
def register() -> None:
    """所見をどうするかを台帳に書く / Write in the register what is done about a finding."""


def _decision(command: Command) -> Callable[..., Any]:
    """What accept, plan and close have in common."""
    for option in (
        lang_option,
        click.option("--on", "on", default="today", metavar="DATE", help="決めた日 / day of the decision"),
        click.option("--by", default="", help="決めた人や課 / who decided"),
        click.argument("town", required=False, type=click.Path(path_type=Path)),
        click.argument("finding"),
    ):
        command = option(command)
    return command


@register.command()
@_decision
@click.option("--reason", required=True, help="了承する理由 / why")
@click.option("--until", required=True, metavar="DATE", help="見直す日 / day of review")
def accept(**given: Any) -> None:
    """このままとし、見直す日を決める / Leave it as it is until a day of review."""
    _decide("accepted", **given)


@register.command()
@_decision
@click.option("--program", default="", metavar="ID", help="応える事業 / the programme that will answer it")
@click.option("--until", required=True, metavar="DATE", help="対応する期日 / done by")
@click.option("--reason", default="", help="説明 / remark")
def plan(**given: Any) -> None:
    """対応する事業と期日を決める / Plan an answer to it."""
    _decide("planned", **given)


@register.command()
@_decision
@click.option("--reason", default="", help="説明 / remark")
def close(**given: Any) -> None:
    """解消したと書く / Say that it is closed."""
    _decide("closed", until="", **given)


@register.command(name="list")
@click.argument("town", required=False, type=click.Path(path_type=Path))
@lang_option
@format_option("table", "json", "csv", "md")
def list_(town: Path | None, lang: str, format: str) -> None:
    """台帳を見る / Show the register."""
    from hazama.audits import read_register

    records = [{name: getattr(one, name) for name in DECIDED} for one in read_register(existing(town)).values()]
    _print(records, format, lang, DECIDED)


def _decide(
    decision: str, finding: str, town: Path | None, lang: str, on: str, program: str = "", **given: str
) -> None:
    from hazama import audits

    folder = existing(town)
    _known_finding(finding, folder)
    _known_program(program, folder)
    given["until"] = given["until"] and str(parsed_date(given["until"]))
    audits.decide(folder, audits.Record(finding, decision, on=str(parsed_date(on)), program=program, **given))
    told: dict[str, Any] = {
        "finding": finding,
        "decision": _say(f"decision_{decision}", lang),
        "path": folder / audits.REGISTER,
    }
    click.echo(_say("register_written", lang, **told), err=True)


def _known_finding(id: str, folder: Path) -> None:
    """Refuse an id that is neither in the register nor a finding of today, so that a slip is not lost in it."""
    from hazama import audits
    from hazama.model.names import suggestions
    from hazama.model.view import Scope
    from hazama.tables import read

    if id not in audits.read_register(folder):
        town = read(folder)
        ids = [one.id for one in audits.audit(town, Scope(town.layer.as_of), folder=folder)]
        if id not in ids:
            near = "、".join(suggestions(id, ids)) or "、".join(ids[:3])
            raise UsageError(*phrase("audits", "unknown_finding", name=id, near=near))


def _known_program(id: str, folder: Path) -> None:
    from hazama.tables import read

    if id and id not in {one.id for one in read(folder).programs}:
        raise UsageError(*phrase("audits", "unknown_program", name=id))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("town", required=False, type=click.Path(path_type=Path))
@click.option("--articles", default="", metavar="106_3-106_11", help="条の範囲 / span of articles")
@click.option("--law", "act", default="", metavar="ID", help="laws.csv の id / id of the act in laws.csv")
@click.option(
    "--table", type=click.Choice(["provisions", "laws"]), default="provisions", help="どの表の行か / which rows"
)
@lang_option
@format_option("table", "json", "csv", "md")
def law(file: Path, town: Path | None, articles: str, act: str, table: str, lang: str, format: str) -> None:
    """法令標準XMLを読み、表の行と照らし合わせる / Read an act from e-Gov against the tables."""
    from hazama import audits
    from hazama.tables import read

    known = read(existing(town))
    text = audits.statute(file.read_bytes(), file.name)
    if table == "laws":
        record = audits.law_record(known, text, act)
        return emit([record], format, {name: name for name in record})
    found = audits.readings(known, text, act, articles)
    if format == "csv":
        rows = [audits.provision_record(one) for one in found if one.change != "gone"]
        return emit(rows, format, {name: name for row in rows for name in row})
    records = [{**audits.provision_record(one), "change": one.change, "resting": list(one.resting)} for one in found]
    return _print(records, format, lang, ("change", "id", "element", "heading", "resting"), ["change"])


@click.command()
@click.argument("old")
@click.argument("new")
@click.argument("town", required=False, type=click.Path(path_type=Path))
@lang_option
@format_option("table", "json", "csv", "md")
def diff(old: str, new: str, town: Path | None, lang: str, format: str) -> None:
    """二つの町、または二つの日付（例: 2021-03-31 2022-02-28）の違い / What changed between two towns or dates."""
    from hazama import audits

    records = [one.record(lang) for one in audits.diff(_part(old, town), _part(new, town))]
    if format != "json":
        records = [{**one, "table": _table(str(one["table"]), lang)} for one in records]
    _print(records, format, lang, ("kind", "table", "sentence"), ["kind"])
    click.echo(_say("diff_done", lang, count=len(records)), err=True)


def _table(name: str, lang: str) -> str:
    from hazama.tables import declaration

    known = declaration().get(name)
    return known.title(lang) if known else _say(f"table_{name}", lang)


def _part(text: str, town: Path | None) -> "Municipality":
    """A town's folder, or a date: that town (or the sample) as it stood then."""
    from hazama.model.view import Scope, view
    from hazama.tables import read

    if Path(text).exists():
        whole = read(Path(text))
        return view(whole, Scope(whole.layer.as_of))
    return view(read(existing(town)), Scope(parsed_date(text)))


@click.command()
@click.argument("town", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path))
@lang_option
@format_option("table", "json", "csv", "md")
def compare(town: Path, other: Path, lang: str, format: str) -> None:
    """二つの町を比べ、片方だけが支えるものを挙げる / What only one of two towns serves."""
    from hazama import audits

    found = audits.compare(_part(str(existing(town)), None), _part(str(existing(other)), None))
    shown = ("side", "need", "function", "sentence") if format == "csv" else ("side", "sentence")
    _print([one.record(lang) for one in found], format, lang, shown, ["side"])
    click.echo(_say("diff_done", lang, count=len(found)), err=True)


def _names(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def _print(records: Records, format: str, lang: str, shown: Iterable[str], coded: Iterable[str] = ()) -> None:
    """Programs get every key and its codes; people get the columns *shown*, with words for those that are *coded*."""
    emit(records if format == "json" else _in_words(records, lang, coded), format, _headings(shown, lang))


def _in_words(records: Records, lang: str, coded: Iterable[str]) -> Records:
    """The records with words in place of codes; a code without a word (a town's own group) stays."""
    known = words("audits")

    def word(key: str, code: object) -> object:
        id = f"{key}_{code}"
        return known[id][lang] if id in known else code

    return [{**one, **{key: word(key, one[key]) for key in coded}} for one in records]


def _headings(keys: Iterable[str], lang: str) -> dict[str, str]:
    return {key: _say(f"heading_{key}", lang) for key in keys}


COMMANDS = [audit, register, law, diff, compare]
