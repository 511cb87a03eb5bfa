"""How the commands about gaps answer: within a deadline, as a document or as rows, with what is proven beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from hazama.cli.gap_input import stopped_by_ctrl_c
from hazama.cli.options import LIST, PATH, Command, answering
from hazama.cli.output import Out, emit_result
from hazama.model.errors import UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.coverage.deadline import Deadline
    from hazama.coverage.listing import Listing
    from hazama.coverage.space import TownSpace
    from hazama.knowledge.terms import Triple
    from hazama.model.town import Municipality

Record = dict[str, Any]


def timely(*formats: str) -> Callable[[Command], Command]:
    """``--deadline`` as ``until``, with ``--lang --format -o`` as ``out``; the first Ctrl-C is an early deadline."""

    def decorated(command: Command) -> Command:
        @click.option("--deadline", type=click.FloatRange(0), metavar="SECONDS", help="打ち切るまでの秒数 / stop after")
        @click.option("-o", "--output", type=PATH, help="xlsx・nt の書き出し先 / where to write")
        @answering(*LIST, "xlsx", *formats, area="coverage")
        @wraps(command)
        def wrapped(*args: Any, deadline: float | None, **kwargs: Any) -> Any:
            from hazama.coverage.deadline import Deadline

            until = Deadline(deadline)
            with stopped_by_ctrl_c(until.stop):
                return command(*args, until=until, **kwargs)

        return wrapped

    return decorated


def answer(out: Out, document: Any, rows: Iterable[Record], *keys: str) -> None:
    """A document as JSON, or rows with these columns in any other form."""
    if out.format == "json":
        return click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    return out.show([{key: _cell(out, row.get(key)) for key in keys} for row in rows], *keys)


def _cell(out: Out, value: Any) -> Any:
    """People and weights as whole numbers; what stands between the items of a list in the language."""
    if isinstance(value, float):
        return round(value)
    return "; ".join(value) if out.lang == "en" and isinstance(value, list) else value


def answer_bare(document: Record, gaps: Iterable[Record]) -> None:
    """The answer to a bare instance on stdout, one gap a line as it comes: quick to write and to compare."""
    head = {key: value for key, value in document.items() if key != "gaps"}
    click.echo(json.dumps(head, ensure_ascii=False)[:-1] + ', "gaps": [', nl=False)
    between = "\n"
    for gap in gaps:
        text = between + json.dumps(gap, ensure_ascii=False)
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)  # half a pair of surrogates as it came
        between = ",\n"
    click.echo("\n]}")


def answer_triples(out: Out, triples: Iterable[Triple]) -> None:
    """Triples as N-Triples to a file, or on stdout."""
    from hazama.knowledge.triples import n_triples

    if out.output is None:
        return click.echo(n_triples(triples), nl=False)
    try:
        out.output.write_text(n_triples(triples), encoding="utf-8")
    except OSError as error:
        raise UsageError(*phrase("graph", "cannot_write", path=out.output, found=error.strerror or error)) from error


def answer_query(out: Out, town: Municipality, found: Iterable[Triple], query: str) -> None:
    """The answer to a SPARQL query about the town with the gaps found in it, bounded as ``hazama query`` is."""
    from hazama.knowledge.strangers import Bounds, answered
    from hazama.knowledge.triples import n_triples, triples

    document = n_triples(triples(town)) + n_triples(found)
    emit_result(answered(document.encode(), query, Bounds()), out.format if out.format in LIST else LIST[0], out.lang)


def listed(out: Out, parts: Iterable[str]) -> str:
    """Several names in one text."""
    return out.say("comma").join(parts)


def tell_proven(out: Out, listing: Listing) -> None:
    """What is proven about a list of gaps."""
    if listing.remainder is not None:
        out.tell("brief_done" if listing.complete else "brief_stopped", remainder=f"{listing.remainder:,.0f}")
    elif listing.bound is None:
        out.tell("proven_all")
    else:
        out.tell("proven" if listing.complete else "stopped", bound=f"{listing.bound:,.0f}")


def tell_weighed(out: Out, town: TownSpace, until: Deadline | None = None) -> None:
    """Whether the work was stopped, and what the weights of a town's gaps count."""
    if until and until.passed:
        out.tell("stopped_here")
    out.tell("by_people" if town.people else "by_size")
    shares = {row.need for row in town.town.demand if row.share is not None}
    if town.people and shares and not shares >= set(town.axes[town.axis("needs")].ids):
        out.tell("by_share")


def gap_rows(out: Out, document: Record) -> Iterator[Record]:
    """The gaps of a document with their near misses and stops as text."""
    for gap in document["gaps"]:
        near = [out.say("near_line", **miss) for miss in gap["near_misses"]]
        stops = [
            out.say("stop_line", beyond=stop["beyond"], programs=listed(out, stop["programs"])) for stop in gap["stops"]
        ]
        share = f"{gap['share']:.1%}" if gap["share"] is not None else ""
        yield {**gap, "reading": out.say(document["reading"]), "near": near, "stops": stops, "share": share}


def case_rows(out: Out, served: Record) -> Iterator[Record]:
    """One need of one person, a row per programme: those that reach, then those one limit away."""
    who = {"person": served["person"], "need": served["need"]}
    for one in served["programs"]:
        sure = one["sureness"] if one["limits_recorded"] else "silent"
        yield {**who, **one, "sureness": out.say(f"is_{sure}", open=listed(out, one["to_look_up"]))}
    if not served["programs"]:
        yield {**who, "name": out.say("unmet")}
    for one in served["one_limit_away"]:
        yield {**who, "name": one["name"], "sureness": out.say("is_away", **one)}


def case_lines(out: Out, found: Record) -> Iterator[str]:
    """What the whole household comes to."""
    unmet = listed(out, (out.say("whose_need", **one) for one in found["unmet"]))
    bodies = listed(out, (out.say("case_body", **one) for one in found["bodies"]))
    pairs = listed(out, map(out.say("pair_by").join, found["unseen"]))
    desks = listed(out, (one["name"] for one in found["desks"]))
    agencies = listed(out, found["agencies"])
    yield found["shows"]
    yield out.say("case_unmet", needs=unmet) if unmet else ""
    yield out.say("case_agencies", agencies=agencies, count=found["hand_offs"]) if agencies else ""
    yield out.say("case_desks", desks=desks) if desks else ""
    yield out.say("case_bodies", bodies=bodies, count=len(found["served"])) if bodies else out.say("case_no_bodies")
    yield out.say("case_unseen", pairs=pairs) if pairs else ""
    yield out.say("case_mismatch") if found["mismatch"] else ""
