"""Commands that ask and export: find, show, ask, query, build."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hazama.cli.options import LIST, TownRequest, answering, existing, kept, output_option, store_option, town_options
from hazama.cli.output import Out, emit, emit_result
from hazama.model.errors import UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.knowledge import Question

FOUND = ("name", "reach", "limits", "owner", "basis", "evidence", "row")


@click.command()
@town_options
@click.option("--theme", help="重点テーマ / theme")
@click.option("--need", help="地域生活課題（例: ひきこもり） / need")
@click.option("--field", help="分野 / field")
@click.option("--function", help="支援機能 / support function")
@click.option("--reach", help="届き方（専用・対象に含む・受け皿） / reach")
@click.option("--age", type=click.IntRange(0, 130), help="年齢 / age")
@click.option("--condition", multiple=True, help="要件（例: 手帳なし、一人暮らし） / condition; may be repeated")
@click.option("--district", help="地区 / district")
@click.option("--agency", help="機関（所管または実施） / agency")
@click.option("--provision", help="条項 / provision")
@click.option("--text", help="名称・概要・対象者に含まれる文字 / text in names and descriptions")
@store_option
@answering(*LIST)
def find(request: TownRequest, store: str, out: Out, **wanted: Any) -> None:
    """条件に合う事業を探す / Find programmes by category."""
    from hazama.knowledge import Criteria, find, match_record

    town = request.viewed()
    matches = find(town, Criteria(**wanted), kept(store, town, request.scope(town)))
    out.show([match_record(match, out.lang) for match in matches], *FOUND)
    scope, statuses = request.scope(town), town.schemes["statuses"]
    extra = "・".join(statuses[id].label(out.lang) for id in sorted(one.value for one in scope.include))
    date = out.say("as_of", date=scope.as_of) if scope.as_of else out.say("all_times")
    evidence = out.say("evidence_more", extra=extra) if extra else out.say("evidence_stated")
    out.tell("found_count", count=len(matches), date=date, evidence=evidence)


@click.command()
@click.argument("id")
@town_options
@answering(*LIST)
def show(request: TownRequest, id: str, out: Out) -> None:
    """一つの行について分かることをすべて示す / Tell everything about one row (by id or name)."""
    from hazama.knowledge import show, show_records

    out.show(show_records(show(request.viewed(), id), out.lang), "field", "value", "evidence", "row")


@click.command()
@click.argument("question", required=False)
@town_options
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="問いに渡す値（例: need=ひきこもり） / a parameter"
)
@store_option
@answering(*LIST)
def ask(request: TownRequest, question: str | None, settings: tuple[str, ...], store: str, out: Out) -> None:
    """名前の付いた問いに答える。問いを書かなければ一覧 / Answer a named question; without one, list them."""
    from hazama import knowledge
    from hazama.model.view import view

    if question is None or (request.path is None and Path(question).is_dir()):
        listed = knowledge.questions(existing(Path(question) if question else request.path))
        return out.show([_question_record(one, out) for one in listed], "id", "title", "group", "parameters")
    asked = knowledge.question(question, existing(request.path))
    whole = request.whole()
    scope = asked.scoped(request.scope(whole))
    town = view(whole, scope)
    answer = knowledge.ask(town, asked, dict(map(_setting, settings)), kept(store, town, scope))
    headings = {name: label.label(out.lang) for name, label in answer.columns.items()}
    emit(knowledge.answer_records(answer, out.lang), out.format, headings)
    return out.tell("answer_count", count=len(answer.rows), advice=asked.advice.label(out.lang))


def _question_record(question: "Question", out: Out) -> dict[str, object]:
    """A question; for eyes its parameters are as ``--set`` takes them, with what holds without and what they mean."""
    named = [
        {"name": one.name, "type": one.type, "default": one.default, "label": one.label.label(out.lang)}
        for one in question.parameters
    ]
    told = [f"{one['name']}{one['default'] and '=' + one['default']} {one['label']}" for one in named]
    parameters = named if out.format == "json" else told
    title, group = question.title.label(out.lang), question.group.label(out.lang)
    return {"id": question.id, "title": title, "group": group, "parameters": parameters}


def _setting(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator:
        raise UsageError(*phrase("cli", "bad_setting", text=text))
    return name.strip(), value.strip()


@click.command()
@town_options
@click.option("-q", "--query", "text", help="SPARQL の文 / a SPARQL text")
@click.option("-f", "--file", "file", type=click.File(encoding="utf-8-sig"), help="SPARQL のファイル / a SPARQL file")
@store_option
@answering(*LIST)
def query(request: TownRequest, text: str | None, file: Any, store: str, out: Out) -> None:
    """SPARQL で問い合わせる（読むだけ） / Ask in SPARQL, read only."""
    from hazama import knowledge
    from hazama.model.view import view

    if bool(text) == bool(file):
        raise UsageError(*phrase("cli", "query_or_file"))
    whole = request.whole()
    scope = request.scope(whole)
    town = view(whole, scope)
    result = knowledge.query(town, text or file.read(), store=kept(store, town, scope))
    emit_result(result, out.format, out.lang)


@click.command()
@town_options
@output_option
@answering()
def build(request: TownRequest, out: Out) -> None:
    """グラフと表を書き出す（.ttl .nt .nq .trig .rdf .jsonld .graphml .gexf .json .csv） / Export by extension."""
    from hazama import exchange

    exchange.build(request.viewed(), out.path)
    out.tell("written", path=out.path)


COMMANDS = [find, show, ask, query, build]
