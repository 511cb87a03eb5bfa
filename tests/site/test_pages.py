import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import escape

from hazama.audits import audit
from hazama.figures.interactive.explore import explore_parts
from hazama.model.records import Status
from hazama.model.view import Scope
from hazama.site.blanks import blanks
from hazama.site.desk import Desk
from hazama.site.grid import grid
from hazama.site.ground import ground
from hazama.site.lacks import lacks
from hazama.site.markup import text
from hazama.site.pages.entity import EntityPage, entity_pages
from hazama.site.pages.evidence import unrecorded_page
from hazama.site.pages.figure import inline
from hazama.site.pages.findings import findings_csv, findings_pages
from hazama.site.pages.gaps import gaps_page
from hazama.site.pages.listing import ListPage, list_pages
from hazama.site.pages.matrix import MatrixPage, matrix_page
from hazama.site.pages.overview import OverviewPage, overview_page
from hazama.site.publish import drawn_pages, pages
from hazama.site.values import Fact, Page, Text
from tests.site.conftest import desk, found
from tests.towns import small_town


def entities(at: Desk) -> dict[str, EntityPage]:
    grids = {"themes": grid(at.ground, "themes"), "needs": grid(at.ground, "needs")}
    return {page.address: page for page in entity_pages(at, grids, lacks(at.ground))}


def facts(page: EntityPage) -> dict[str, str]:
    return {fact.label: said(fact) for fact in page.facts}


def said(fact: Fact) -> str:
    badges = "".join(f"［{badge.label}］" for badge in fact.badges)
    return "、".join(item.text.text for item in fact.items) + badges


def matrices(at: Desk) -> Iterator[MatrixPage]:
    yield matrix_page(at, grid(at.ground, "themes"))
    yield matrix_page(at, grid(at.ground, "needs"))


def test_a_programme_says_its_cells_in_three_states() -> None:
    page = entities(desk())["programs/meals.html"]
    box = page.boxes[0]
    assert {fact.label: said(fact) for fact in box.facts} == {
        "年齢": "おおむね65歳以上",
        "所得": "制限なし",
        "対象地区": "北地区",
    }
    assert "障害者手帳" in box.unrecorded
    assert "支援機能" in page.unrecorded


def test_an_inferred_cell_is_shown_with_its_badge() -> None:
    assert facts(entities(desk())["programs/meals.html"])["所管"] == "みなと町役場［推定］"


def test_an_editors_classification_is_shown_as_such() -> None:
    assert facts(entities(desk())["programs/visit.html"])["届き方"] == "専用［当方の分類］"


def test_columns_of_the_town_are_kept() -> None:
    assert facts(entities(desk())["programs/visit.html"])["予算（千円）"] == "1,200"


def test_a_row_says_where_it_stands() -> None:
    at = desk()
    row = entities(at)["programs/desk.html"].row
    assert row is not None
    assert (at.row_name(row), row.locator) == ("programs.csv 2行目", "表1")
    sources = [at.source(source).web for source in row.source]
    assert sources == ["https://example.org/plan.pdf", "https://example.org/desk"]


def test_a_row_of_a_layer_names_the_layer() -> None:
    page = entities(desk())["programs/national_visit.html"]
    assert page.row is not None and desk().row_name(page.row) == "law/programs.csv 2行目"
    assert [badge.label for badge in page.badges] == ["未確認", "国"]


def test_a_row_that_has_ended_says_so() -> None:
    assert [badge.label for badge in entities(desk())["programs/baby.html"].badges] == ["終了"]


def test_who_speaks_of_a_section() -> None:
    groups = {group.heading: group for group in entities(desk())["agencies/welfare.html"].groups}
    assert [told.link.page for told in groups["所管する事業"].told] == [
        "programs/desk.html",
        "programs/visit.html",
        "programs/baby.html",
    ]
    assert groups["所管する事業"].count == 2
    assert [told.detail.text for told in groups["参加する会議体"].told] == ["事務局", ""]


def test_what_is_inferred_is_listed_and_not_counted() -> None:
    group = next(group for group in entities(desk())["agencies/city.html"].groups if group.heading == "所管する事業")
    assert (group.count, [badge.label for badge in group.told[0].badges]) == (0, ["推定"])


def test_an_inferred_cell_of_an_inferred_row_carries_one_badge() -> None:
    town = small_town()
    programs = tuple(replace(row, status=Status.INFERRED) if row.inferred else row for row in town.programs)
    at = Desk(ground(replace(town, programs=programs), Scope(town.layer.as_of)), "ja")
    group = next(group for group in entities(at)["agencies/city.html"].groups if group.heading == "所管する事業")
    assert [badge.label for badge in group.told[0].badges] == ["推定"]


def test_what_is_inferred_counts_when_it_is_asked_for() -> None:
    scope = Scope(small_town().layer.as_of, frozenset({Status.INFERRED}))
    page = entities(desk(scope=scope))["agencies/city.html"]
    group = next(group for group in page.groups if group.heading == "所管する事業")
    assert group.count == 1


def test_a_law_carries_its_provisions_with_what_rests_on_them() -> None:
    page = entities(desk())["laws/care_act.html"]
    resting = {part.row.id: [group.heading for group in part.groups] for part in page.parts}
    assert "これに基づく事業" in resting["care_1"]


def test_english_pages_say_which_texts_are_japanese() -> None:
    page = entities(desk("en"))["programs/visit.html"]
    assert (page.title.text, page.title.lang) == ("ひきこもり訪問", "ja")
    assert entities(desk("en"))["programs/desk.html"].title.lang == "en"


def every(at: Desk) -> list[Page]:
    """Every page of one language."""
    graphs = {at.lang: explore_parts(at.ground.town, at.lang)}
    return [*pages(at, found()), *drawn_pages(at, Path("none"), graphs)]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_both_languages_have_the_same_addresses(lang: str) -> None:
    addresses = [page.address for page in every(desk("ja"))]
    assert [page.address for page in every(desk(lang))] == addresses  # type: ignore[arg-type]
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize("axis", [0, 1])
def test_every_number_of_the_matrix_leads_to_exactly_its_rows(axis: int) -> None:
    at = desk()
    matrix = list(matrices(at))[axis]
    behind = rows_behind(pages(at, found()))
    for group in matrix.groups:
        for row in (group.whole, *group.fields):
            for cell in row.cells:
                if cell.count:
                    assert len(behind[cell.page]) == cell.count, cell.page


def rows_behind(pages: Iterator[Page]) -> dict[str, set[str]]:
    """The programmes at each place that a number leads to."""
    behind: dict[str, set[str]] = {}
    for page in pages:
        for section in getattr(page, "sections", ()):
            for group in section.groups:
                rows = {program.id for program in (*group.programs, *group.general)}
                behind.setdefault(f"{page.address}#{section.id}", set()).update(rows)
                behind[f"{page.address}#{group.id}"] = rows
    return behind


def test_what_stands_in_every_row_of_the_matrix_is_told_at_one_place() -> None:
    every = list(pages(desk(), found()))
    behind = rows_behind(iter(every))
    groups = [group for page in every for section in getattr(page, "sections", ()) for group in section.groups]
    general = [group for group in groups if group.general]
    assert general
    for group in general:
        assert behind[group.page] == {program.id for program in group.general}


def test_the_matrix_adds_up() -> None:
    for matrix in matrices(desk()):
        assert matrix.covered + sum(len(functions) for _, functions in matrix.empty) == matrix.total


def test_the_overview_takes_its_numbers_from_the_pages_they_lead_to() -> None:
    at = desk()
    matrix, missing = next(matrices(at)), blanks(at)
    numbers = overview_page(at, matrix, missing, found()).numbers
    assert [(number.value, number.of, number.page) for number in numbers] == [
        (matrix.covered, matrix.total, "matrix.html"),
        (matrix.total - matrix.covered, matrix.total, "matrix.html#empty"),
        (missing.blank, missing.total, "unrecorded.html"),
    ]


def test_blank_cells_are_counted_by_column() -> None:
    counted = {column.id: [row.id for row in column.rows] for column in blanks(desk()).columns}
    assert counted["functions"] == ["meals"]
    assert counted["owner"] == ["meals"], "an inferred owner is not recorded"
    assert "desk" not in counted["age"]


def listed(at: Desk, table: str) -> ListPage:
    return next(list_pages(at, table))


def test_a_list_counts_what_counts_and_shows_the_rest_apart() -> None:
    page = listed(desk(), "programs")
    assert (page.count, [row.link.page for row in page.rows]) == (
        3,
        ["programs/desk.html", "programs/visit.html", "programs/meals.html"],
    )
    assert [row.link.page for row in page.others] == ["programs/baby.html", "programs/national_visit.html"]


def test_a_list_counts_the_rows_that_its_number_leads_to() -> None:
    at = desk()
    welfare = next(row for row in listed(at, "agencies").rows if row.link.page == "agencies/welfare.html")
    groups = {
        f"agencies/welfare.html#{group.id}": group.count for group in entities(at)["agencies/welfare.html"].groups
    }
    assert {page: count for _, count, page in welfare.counts if page} == {
        page: groups[page] for _, _, page in welfare.counts if page
    }


def test_the_scope_is_said_beside_the_numbers() -> None:
    told = desk().scope_sentence()
    assert told == "2024年4月1日時点で有効な行のうち、出典に記載のあるもの（行と欄）だけを数えています。"
    wide = Scope(None, frozenset({Status.INFERRED}), editors=False)
    assert "すべての期間" in desk(scope=wide).scope_sentence()
    assert "推定" in desk(scope=wide).scope_sentence() and "当方の分類" in desk(scope=wide).scope_sentence()


def test_gaps_are_told_in_both_readings_with_their_reasons() -> None:
    page = gaps_page(desk(), found())
    certain, possible = page.readings
    assert (certain.id, possible.id) == ("certain", "possible")
    assert certain.none <= possible.none and certain.none + certain.one + certain.more == sum(
        (possible.none, possible.one, possible.more)
    )
    missed = next(gap for gap in certain.gaps if gap.misses).misses[0]
    assert (
        missed.program.page.startswith("programs/")
        and missed.row.text.text.endswith("行目")
        and missed.row.page == missed.program.page
        and 1 <= missed.percent <= 100
    )


def test_a_need_says_whom_nothing_reaches_with_the_article_and_the_row() -> None:
    gaps = {one.key for one in found().findings if one.audit in ("certain", "possible")}
    pages = {page.id: page for page in entities(desk()).values() if page.axis == "needs"}
    assert gaps and all(pages[need].findings for need in gaps)
    links = [link for page in pages.values() for one in page.findings for link in (*one.provisions, *one.rows)]
    assert any(link.page.startswith("laws/") for link in links)
    assert any(link.page.startswith("programs/") for link in links)


def test_the_ages_of_a_programme_are_those_of_its_boxes() -> None:
    (page,) = list_pages(desk(), "programs")
    for row in page.rows:
        told = row.facts[-1]
        assert told.label == "年齢" and (told.state == "not_recorded") == all(one == "?-?" for one in row.ages.split())


def test_the_research_list_leads_to_programmes() -> None:
    assert {entry.program.page for entry in gaps_page(desk(), found()).research} <= {
        page.address for page in entities(desk()).values()
    }


def test_every_finding_but_gaps_and_blanks_has_a_page() -> None:
    shown = [
        finding.id
        for page in findings_pages(desk(), found())
        if page.address != "findings.html"
        for part in page.parts
        for finding in part.findings
    ]
    elsewhere = {"coverage:certain", "coverage:possible"}
    town = small_town()
    everything = audit(town, Scope(town.layer.as_of))
    expected = [one.id for one in everything if f"{one.group}:{one.audit}" not in elsewhere]
    assert sorted(shown) == sorted(expected)


def test_one_page_counts_every_finding_audit_by_audit(tmp_path: Path) -> None:
    town = small_town()
    everything = audit(town, Scope(town.layer.as_of))
    first = everything[0]
    accept = f"finding,decision,reason,until\n{first.id},accepted,費用,2999-01-01\n"
    (tmp_path / "register.csv").write_text(accept, encoding="utf-8")
    at = Desk(ground(town, Scope(town.layer.as_of), tmp_path), "ja")
    every = list(findings_pages(at, found()))
    page = next(one for one in every if one.address == "findings.html")
    assert page.count == len(everything)
    counts = Counter((one.group, one.audit) for one in everything)
    assert {part.id: part.count for part in page.parts} == {"-".join(key): n for key, n in counts.items()}
    assert sum(part.grave for part in page.parts) == sum(one.severity == "high" for one in everything)
    assert sum(part.decided for part in page.parts) == 1
    stated = {one.id: one.state.text for shown in every for part in shown.parts for one in part.findings if one.state}
    assert stated == {first.id: "了承済み"}


def test_a_finding_leads_to_its_rows() -> None:
    entries = [one for page in findings_pages(desk(), found()) for part in page.parts for one in part.findings]
    rows = [row for entry in entries for row in entry.rows]
    assert rows and all("行目" in row.text.text for row in rows)
    assert any(row.page.startswith("programs/") for row in rows)


def test_household_cases_are_told_person_by_person() -> None:
    cases = next(page for page in findings_pages(desk(), found()) if page.address == "cases.html").cases
    assert cases and all(case.served for case in cases)


def test_a_town_without_themes_is_told_by_needs() -> None:
    bare = replace(small_town(), themes=())
    at = Desk(ground(bare, Scope(bare.layer.as_of)), "ja")
    first = next(iter(pages(at, found())))
    assert isinstance(first, OverviewPage) and first.numbers[0].page == "matrix-needs.html"
    assert first.numbers[0].value > 0


@pytest.mark.parametrize(
    ("said", "marked"),
    [
        ("Act art. 3 (1) イ", ["イ"]),
        ("Low income; 被保護者は 2016年度まで", ["被保護者は 2016年度まで"]),
        ("Carers・Work <b>", []),
        ("ひき☆スタの記事 20114・programs.csv row 21 手帳", ["ひき☆スタの記事", "手帳"]),
    ],
)
def test_japanese_in_an_english_sentence_is_marked(said: str, marked: list[str]) -> None:
    html = str(text(Text(said, "en"), "en"))
    assert re.findall('<span lang="ja">(.*?)</span>', html) == marked and "<b>" not in html
    assert str(text(Text(said, "ja"), "ja")) == str(escape(said))


def test_japanese_words_of_an_english_drawing_are_marked() -> None:
    drawn = '<text x="1">介護</text><title>Care・Work</title><text y="2"><tspan x="3">法 art. 1</tspan></text>'
    marked = '<text x="1" lang="ja">介護</text><title>Care・Work</title><text y="2"><tspan x="3" lang="ja">法 art. 1'
    assert inline(drawn, "en").startswith(marked) and inline(drawn, "ja") == drawn


def test_what_a_page_leaves_out_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hazama.site.pages.findings.MOST_FINDINGS", 10_000)
    whole = [part for page in findings_pages(desk(), found()) for part in page.parts if not part.page]
    monkeypatch.setattr("hazama.site.pages.findings.MOST_FINDINGS", 1)
    monkeypatch.setattr("hazama.site.pages.evidence.MOST_BLANK_ROWS", 1)
    short = [part for page in findings_pages(desk(), found()) for part in page.parts if not part.page]
    assert [part.count for part in short] == [len(part.findings) for part in whole]
    assert {len(part.findings) for part in short} == {1}
    blank = unrecorded_page(desk(), blanks(desk()))
    unrecorded = {row.id for column in blanks(desk()).columns for row in column.rows}
    assert len(blank.rows) == 1 and blank.rest == len(unrecorded) - 1


def test_the_file_of_findings_has_them_all_however_few_the_page_lists() -> None:
    lines = findings_csv(desk(), found()).decode("utf-8-sig").split("\r\n")
    assert [line.rpartition(",")[2] for line in lines[1:-1]] == [one.id for one in found().findings]
