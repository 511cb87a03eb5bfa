"""Commands that ask and export: find, show, ask, query, build."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hazama.cli.messages import say
from hazama.cli.options import (
    TownRequest,
    existing,
    format_option,
    kept,
    lang_option,
    output_option,
    store_option,
    town_options,
)
from hazama.cli.output import emit, emit_result
from hazama.model.errors import UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.knowledge import Question
    from hazama.model.town import Municipality

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
@lang_option
@format_option("table", "json", "csv", "md")
def find(request: TownRequest, store: str, lang: str, format: str, **wanted: Any) -> None:
    """条件に合う事業を探す / Find programmes by category."""
    from hazama.knowledge import Criteria, find, match_record

    town = request.viewed()
    matches = find(town, Criteria(**wanted), kept(store, town, request.scope(town)))
    emit([match_record(match, lang) for match in matches], format, {key: say(f"heading_{key}", lang) for key in FOUND})
    click.echo(say("found_count", lang, count=len(matches), **_scope_words(request, town, lang)), err=True)


def _scope_words(request: TownRequest, town: "Municipality", lang: str) -> dict[str, str]:
    scope = request.scope(town)
    extra = "・".join(
        town.schemes["statuses"][status.value].label(lang)
        for status in sorted(scope.include, key=lambda one: one.value)
    )
    return {
        "date": say("as_of", lang, date=scope.as_of) if scope.as_of else say("all_times", lang),
        "evidence": say("evidence_more", lang, extra=extra) if extra else say("evidence_stated", lang),
    }


@click.command()
@click.argument("id")
@town_options
@lang_option
@format_option("table", "json", "csv", "md")
def show(request: TownRequest, id: str, lang: str, format: str) -> None:
    """一つの行について分かることをすべて示す / Tell everything about one row (by id or name)."""
    from hazama.knowledge import show, show_records

    shown = show(request.viewed(), id)
    emit(
        show_records(shown, lang),
        format,
        {key: say(f"heading_{key}", lang) for key in ("field", "value", "evidence", "row")},
    )


@click.command()
@click.argument("question", required=False)
@town_options
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="問いに渡す値（例: need=ひきこもり） / a parameter"
)
@store_option
@lang_option
@format_option("table", "json", "csv", "md")
def ask(
    request: TownRequest, question: str | None, settings: tuple[str, ...], store: str, lang: str, format: str
) -> None:
    """名前の付いた問いに答える。問いを書かなければ一覧 / Answer a named question; without one, list them."""
    from hazama import knowledge
    from hazama.model.view import view

    if question is None or (request.path is None and Path(question).is_dir()):
        listed = knowledge.questions(existing(Path(question) if question else request.path))
        records = [_question_record(one, lang) for one in listed]
        if format != "json":
            records = [
                {**one, "parameters": _settable(asked, lang)} for one, asked in zip(records, listed, strict=True)
            ]
        headings = {key: say(f"heading_{key}", lang) for key in ("id", "title", "group", "parameters")}
        return emit(records, format, headings)
    asked = knowledge.question(question, existing(request.path))
    whole = request.whole()
    scope = asked.scoped(request.scope(whole))
    town = view(whole, scope)
    answer = knowledge.ask(town, asked, dict(map(_setting, settings)), kept(store, town, scope))
    headings = {name: label.label(lang) for name, label in answer.columns.items()}
    emit(knowledge.answer_records(answer, lang), format, headings)
    return click.echo(say("answer_count", lang, count=len(answer.rows), advice=asked.advice.label(lang)), err=True)


def _question_record(question: "Question", lang: str) -> dict[str, object]:
    named = [
        {"name": one.name, "type": one.type, "default": one.default, "label": one.label.label(lang)}
        for one in question.parameters
    ]
    title, group = question.title.label(lang), question.group.label(lang)
    return {"id": question.id, "title": title, "group": group, "parameters": named}


def _settable(question: "Question", lang: str) -> list[str]:
    """What ``--set`` takes, for eyes: the name as it is typed, what it means, and what holds without it."""
    return [
        f"{one.name}{f'={one.default}' if one.default else ''} {one.label.label(lang)}" for one in question.parameters
    ]


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
@lang_option
@format_option("table", "json", "csv", "md")
def query(request: TownRequest, text: str | None, file: Any, store: str, lang: str, format: str) -> None:
    """SPARQL で問い合わせる（読むだけ） / Ask in SPARQL, read only."""
    from hazama import knowledge
    from hazama.model.view import view

    if bool(text) == bool(file):
        raise UsageError(*phrase("cli", "query_or_file"))
    whole = request.whole()
    scope = request.scope(whole)
    town = view(whole, scope)
    result = knowledge.query(town, text or file.read(), store=kept(store, town, scope))
    emit_result(result, format, lang)


@click.command()
@town_options
@output_option
@lang_option
def build(request: TownRequest, output: Path, lang: str) -> None:
    """グラフと表を書き出す（.ttl .nt .nq .trig .rdf .jsonld .graphml .gexf .json .csv） / Export by extension."""
    from hazama import exchange

    exchange.build(request.viewed(), output)
    click.echo(say("written", lang, path=output), err=True)


COMMANDS = [find, show, ask, query, build]
