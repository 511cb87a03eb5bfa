"""What the commands about gaps print."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hazama.cli import messages
from hazama.cli.output import emit, emit_result
from hazama.model.errors import UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.coverage.listing import Listing
    from hazama.coverage.space import TownSpace
    from hazama.knowledge.terms import Triple
    from hazama.model.town import Municipality

Record = dict[str, Any]


say = partial(messages.say, floor="coverage")


def talk(id: str, lang: str, **values: Any) -> None:
    """One sentence on stderr; nothing for an empty id."""
    if id:
        click.echo(say(id, lang, **values), err=True)


def tell(town: TownSpace, listing: Listing, lang: str) -> None:
    """What is proven about a list, in what it counts, and which programmes could not count."""
    from hazama.coverage.space import unclassified

    bound = f"{listing.bound:,.0f}" if listing.bound is not None else ""
    if listing.remainder is not None:
        talk("brief_done" if listing.complete else "brief_stopped", lang, remainder=f"{listing.remainder:,.0f}")
    else:
        talk("stopped" if not listing.complete else "proven" if bound else "proven_all", lang, bound=bound)
    weighed(town, lang)
    without = unclassified(town.town)
    names = say("comma", lang).join((lang == "en" and program.name_en) or program.name for program in without)
    talk("unclassified" if without else "", lang, count=len(without), names=names)


def weighed(town: TownSpace, lang: str) -> None:
    """What the weights of a town's gaps count."""
    talk("by_people" if town.people else "by_size", lang)


def print_json(document: Any) -> None:
    """A document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_gaps(document: Record, gaps: Iterable[Record]) -> None:
    """The answer to a bare instance on stdout, one gap a line as it comes: quick to write and to compare."""
    click.echo(
        json.dumps({key: value for key, value in document.items() if key != "gaps"}, ensure_ascii=False)[:-1], nl=False
    )
    between = ', "gaps": [\n'
    for gap in gaps:
        text = between + json.dumps(gap, ensure_ascii=False)
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)  # half a pair of surrogates goes back as it came
        between = ",\n"
    click.echo("\n]}" if between == ",\n" else ', "gaps": [\n\n]}')


def write_triples(triples: Iterable[Triple], output: Path | None) -> None:
    """Triples as N-Triples to a file, or on stdout."""
    from hazama.knowledge.triples import n_triples

    if output is None:
        return click.echo(n_triples(triples), nl=False)
    try:
        output.write_text(n_triples(triples), encoding="utf-8")
    except OSError as error:
        raise UsageError(*phrase("graph", "cannot_write", path=output, found=error.strerror or error)) from error


def print_answer(town: Municipality, found: Iterable[Triple], query: str, format: str, lang: str) -> None:
    """The answer to a SPARQL query about the town and the gaps found in it, within the bounds of ``hazama query``."""
    from hazama.knowledge.strangers import Bounds, answered
    from hazama.knowledge.triples import n_triples, triples

    document = n_triples(triples(town)) + n_triples(found)
    emit_result(answered(document.encode(), query, Bounds()), format, lang)


def print_rows(rows: Sequence[Record], keys: Sequence[str], format: str, output: Path | None, lang: str) -> None:
    """Rows with these columns as a table, JSON, CSV, Markdown or a workbook."""
    headings = {key: say(f"heading_{key}", lang) for key in keys}
    if format == "json":
        return emit(rows, format, headings)
    rows = [{key: _cell(row.get(key), lang) for key in keys} for row in rows]
    if format != "xlsx":
        return emit(rows, format, headings)
    if output is None:
        raise UsageError(*phrase("coverage", "xlsx_needs_output"))
    _workbook(rows, headings, output)


def _cell(value: Any, lang: str) -> Any:
    """People and weights as whole numbers; what stands between the items of a list in the language."""
    if isinstance(value, float):
        return round(value)
    return "; ".join(value) if lang == "en" and isinstance(value, list) else value


def _workbook(rows: Sequence[Record], headings: Mapping[str, str], output: Path) -> None:
    import pandas as pd

    from hazama.tables.results import to_excel

    to_excel({output.stem: pd.DataFrame([{headings[key]: row[key] for key in headings} for row in rows])}, output)


def peopled(documents: Sequence[Record]) -> bool:
    """Whether demand counts people."""
    return any(document["demand_counts"] == "people" for document in documents)


def gap_rows(document: Record, lang: str) -> Iterator[Record]:
    """The gaps of a document with their near misses and stops as text."""
    for gap in document["gaps"]:
        near = [say("near_line", lang, **miss) for miss in gap["near_misses"]]
        stops = [
            say("stop_line", lang, beyond=stop["beyond"], programs=say("comma", lang).join(stop["programs"]))
            for stop in gap["stops"]
        ]
        share = f"{gap['share']:.1%}" if gap["share"] is not None else ""
        yield {**gap, "reading": say(document["reading"], lang), "near": near, "stops": stops, "share": share}


def case_rows(served: Record, lang: str) -> Iterator[Record]:
    """One need of one person, a row per programme: those that reach, then those one limit away."""
    who = {"person": served["person"], "need": served["need"]}
    for one in served["programs"]:
        sure = one["sureness"] if one["limits_recorded"] else "silent"
        state = say(f"is_{sure}", lang, open=say("list_and", lang).join(one["to_look_up"]))
        yield {**who, "name": one["name"], "reach": one["reach"], "sureness": state}
    if not served["programs"]:
        yield {**who, "name": say("unmet", lang)}
    for one in served["one_limit_away"]:
        yield {**who, "name": one["name"], "sureness": say("is_away", lang, **one)}


def case_lines(found: Record, lang: str) -> Iterator[str]:
    """What the whole household comes to."""
    if found["shows"]:
        yield found["shows"]
    comma = say("comma", lang)
    if found["unmet"]:
        needs = (say("whose_need", lang, **one) for one in found["unmet"])
        yield say("case_unmet", lang, needs=comma.join(needs))
    if found["agencies"]:
        yield say("case_agencies", lang, agencies=comma.join(found["agencies"]), count=found["hand_offs"])
    if found["desks"]:
        yield say("case_desks", lang, desks=comma.join(one["name"] for one in found["desks"]))
    bodies = comma.join(say("case_body", lang, **one) for one in found["bodies"])
    yield say("case_bodies", lang, bodies=bodies, count=len(found["served"])) if bodies else say("case_no_bodies", lang)
    if found["unseen"]:
        yield say("case_unseen", lang, pairs=comma.join(map(say("pair_by", lang).join, found["unseen"])))
    if found["mismatch"]:
        yield say("case_mismatch", lang)
