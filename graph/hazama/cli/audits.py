"""Commands that look for lacks: audit, register, law, diff, compare."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hazama.cli.options import (
    LIST,
    PATH,
    Command,
    TownRequest,
    answering,
    existing,
    names_option,
    only_option,
    parsed_date,
    town_argument,
    town_options,
)
from hazama.cli.output import Out, emit
from hazama.model.errors import UsageError
from hazama.resources import phrase, words

if TYPE_CHECKING:
    from hazama.model.town import Municipality

FOUND = ("severity", "group", "state", "sentence", "next_step", "people", "places", "id")
SHORT = ("severity", "state", "sentence", "id")
DECIDED = ("finding", "decision", "reason", "by", "on", "until", "program")

Records = Sequence[dict[str, Any]]


@click.command()
@town_options
@only_option
@names_option("--fail-on", "当てはまれば終了コード1（例: law:duty,high） / exit 1 when met", "NAME,…")
@click.option("-o", "--output", type=PATH, help="xlsx の書き出し先 / where to write xlsx")
@answering(*LIST, "xlsx", "nt", area="audits")
@click.pass_context
def audit(ctx: click.Context, request: TownRequest, only: tuple[str, ...], fail_on: tuple[str, ...], out: Out) -> None:
    """町に足りないものを所見として挙げる / List what a town lacks, as findings."""
    from hazama import audits
    from hazama.knowledge.triples import n_triples

    if out.format == "xlsx" and out.output is None:
        raise UsageError(*phrase("cli", "xlsx_needs_output"))
    folder, town = existing(request.path), request.whole()
    scope = request.scope(town)
    audits.over_threshold([], fail_on, folder)
    decided = audits.read_register(folder)
    findings = audits.audit(town, scope, only, folder)
    states = {one.id: audits.state(one, decided, scope.as_of) for one in findings}
    if out.format == "md":
        click.echo(audits.report(town, scope, findings, decided, out.lang, folder), nl=False)
    elif out.format == "nt":
        click.echo(n_triples(audits.finding_triples(town, scope, findings, folder)), nl=False)
    else:
        records = [audits.finding_record(one, states[one.id], decided.get(one.id), out.lang) for one in findings]
        _show_findings(records, out)
    counts: dict[str, Any] = audits.counts(findings, decided, scope.as_of) | ({"closed": 0} if only else {})
    out.tell("audit_done", **counts, date=scope.as_of or out.say("report_all_times"))
    new = [one for one in findings if states[one.id] not in ("accepted", "planned")]
    if over := audits.over_threshold(new, fail_on, folder):
        out.tell("over", count=len(over), names=",".join(fail_on))
        ctx.exit(1)


def _show_findings(records: Records, out: Out) -> None:
    if out.format != "json":
        records = [{**one, "places": [source["place"] for source in one["sources"]]} for one in records]
    keys, coded = SHORT if out.format == "table" else FOUND, ("severity", "group", "state")
    out.show(_worded(records, coded, out), *keys, title=out.say("heading_sentence"))


@click.group()
def register() -> None:
    """所見をどうするかを台帳に書く / Write in the register what is done about a finding."""


def _decision(command: Command) -> Callable[..., Any]:
    """What accept, plan and close have in common."""
    for option in (
        answering(area="audits"),
        click.option("--on", "on", default="today", metavar="DATE", help="決めた日 / day of the decision"),
        click.option("--by", default="", help="決めた人や課 / who decided"),
        town_argument,
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
@town_argument
@answering(*LIST, area="audits")
def list_(town: Path | None, out: Out) -> None:
    """台帳を見る / Show the register."""
    from hazama.audits import read_register

    decided = read_register(existing(town)).values()
    out.show([{name: getattr(one, name) for name in DECIDED} for one in decided], *DECIDED)


def _decide(decision: str, finding: str, town: Path | None, out: Out, on: str, program: str = "", **given: str) -> None:
    from hazama import audits

    folder = existing(town)
    _known_finding(finding, folder)
    _known_program(program, folder)
    given["until"] = given["until"] and str(parsed_date(given["until"]))
    audits.decide(folder, audits.Record(finding, decision, on=str(parsed_date(on)), program=program, **given))
    said = out.say(f"decision_{decision}")
    out.tell("register_written", finding=finding, decision=said, path=folder / audits.REGISTER)


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
@town_argument
@click.option("--articles", default="", metavar="106_3-106_11", help="条の範囲 / span of articles")
@click.option("--law", "act", default="", metavar="ID", help="laws.csv の id / id of the act in laws.csv")
@click.option(
    "--table", type=click.Choice(["provisions", "laws"]), default="provisions", help="どの表の行か / which rows"
)
@answering(*LIST, area="audits")
def law(file: Path, town: Path | None, articles: str, act: str, table: str, out: Out) -> None:
    """法令標準XMLを読み、表の行と照らし合わせる / Read an act from e-Gov against the tables."""
    from hazama import audits
    from hazama.tables import read

    known = read(existing(town))
    text = audits.statute(file.read_bytes(), file.name)
    if table == "laws":
        record = audits.law_record(known, text, act)
        return emit([record], out.format, {name: name for name in record})
    found = audits.readings(known, text, act, articles)
    if out.format == "csv":
        rows = [audits.provision_record(one) for one in found if one.change != "gone"]
        return emit(rows, out.format, {name: name for row in rows for name in row})
    records = [{**audits.provision_record(one), "change": one.change, "resting": list(one.resting)} for one in found]
    return out.show(_worded(records, ["change"], out), "change", "id", "element", "heading", "resting")


@click.command()
@click.argument("old")
@click.argument("new")
@town_argument
@answering(*LIST, area="audits")
def diff(old: str, new: str, town: Path | None, out: Out) -> None:
    """二つの町、または二つの日付（例: 2021-03-31 2022-02-28）の違い / What changed between two towns or dates."""
    from hazama import audits

    records = [one.record(out.lang) for one in audits.diff(_part(old, town), _part(new, town))]
    if out.format != "json":
        records = [{**one, "table": _table(str(one["table"]), out)} for one in records]
    out.show(_worded(records, ["kind"], out), "kind", "table", "sentence")
    out.tell("diff_done", count=len(records))


def _table(name: str, out: Out) -> str:
    from hazama.tables import declaration

    known = declaration().get(name)
    return known.title(out.lang) if known else out.say(f"table_{name}")


def _part(text: str, town: Path | None) -> "Municipality":
    """A town's folder, or a date: that town (or the sample) as it stood then."""
    from hazama.model.view import Scope, view
    from hazama.tables import read

    if Path(text).exists():
        whole = read(Path(text))
        return view(whole, Scope(whole.layer.as_of))
    return view(read(existing(town)), Scope(parsed_date(text)))


@click.command()
@click.argument("town", type=PATH)
@click.argument("other", type=PATH)
@answering(*LIST, area="audits")
def compare(town: Path, other: Path, out: Out) -> None:
    """二つの町を比べ、片方だけが支えるものを挙げる / What only one of two towns serves."""
    from hazama import audits

    found = audits.compare(_part(str(existing(town)), None), _part(str(existing(other)), None))
    shown = ("side", "need", "function", "sentence") if out.format == "csv" else ("side", "sentence")
    out.show(_worded([one.record(out.lang) for one in found], ["side"], out), *shown)
    out.tell("diff_done", count=len(found))


def _worded(records: Records, coded: Iterable[str], out: Out) -> Records:
    """For people, words in place of codes; a code without a word (a town's own group) stays. Programs get the codes."""
    if out.format == "json":
        return records
    known = words("audits")

    def word(key: str, code: object) -> object:
        id = f"{key}_{code}"
        return known[id][out.lang] if id in known else code

    return [{**one, **{key: word(key, one[key]) for key in coded}} for one in records]


COMMANDS = [audit, register, law, diff, compare]
