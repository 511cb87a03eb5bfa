"""What a query found, in every format: read again by other readers, it says the same."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, parse_query_results

from hazama.knowledge.store import Solutions
from hazama.knowledge.strangers import Result
from hazama.knowledge.terms import literal
from hazama.site.serve.results import CSV, JSON, TSV, XML, chosen, written

TEXTS = st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=4)
ODD = 'a\tb\nc\r\n"d" <&> \x00\x0b\u2028\ufffe 狭間'
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def found(texts: list[str]) -> Result:
    """One column of texts, and one that is never bound."""
    return Result("SelectQuery", Solutions(("x", "y"), [(literal(text), "") for text in texts]), True, True)


@given(TEXTS)
def test_every_text_comes_back(texts: list[str]) -> None:
    result = found([*texts, ODD])
    said = json.loads(written(result, JSON))
    assert said["head"]["vars"] == ["x", "y"]
    assert [row["x"]["value"] for row in said["results"]["bindings"]] == [*texts, ODD]
    in_xml = ElementTree.fromstring(written(result, XML)).iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert [one.text or "" for one in in_xml] == [NOT_IN_XML.sub("\ufffd", text) for text in (*texts, ODD)]
    in_csv = list(csv.reader(io.StringIO(written(result, CSV).decode(), newline="")))
    assert in_csv == [["x", "y"], *([text, ""] for text in (*texts, ODD))]
    in_tsv = parse_query_results(written(result, TSV), QueryResultsFormat.TSV)
    assert [row["x"].value for row in in_tsv] == [*texts, ODD]  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", [JSON, XML, CSV, TSV])
@pytest.mark.parametrize("answer", ["true", "false"])
def test_yes_or_no(kind: str, answer: str) -> None:
    term = f'"{answer}"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    assert answer in written(Result("AskQuery", Solutions(("answer",), [(term,)]), True, True), kind).decode()


@pytest.mark.parametrize("kind", [JSON, XML, CSV, TSV])
def test_nothing_found_is_told_apart_from_nothing_bound(kind: str) -> None:
    none = Result("SelectQuery", Solutions(("x",), []), True, True)
    unbound = Result("SelectQuery", Solutions(("x",), [("",)]), True, True)
    assert written(none, kind) != written(unbound, kind)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("", JSON), ("*/*", JSON), ("text/*", CSV), ("text/csv;q=0", ""), (f"{XML};q=nan, {TSV};q=0.1", TSV), ("x", "")],
)
def test_the_best_format_is_chosen(accept: str, kind: str) -> None:
    assert chosen(accept, (JSON, XML, CSV, TSV)) == kind
