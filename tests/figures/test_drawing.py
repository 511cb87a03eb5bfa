"""The sample town and towns with next to nothing: figures have no fault and say what they leave out."""

from dataclasses import replace
from pathlib import Path

import pytest

import hazama
from hazama.audits import audit
from hazama.figures import Paper, Scene, Wishes, draw, faults, figure_names, figures, linked, rendered, scene
from hazama.figures.questions import QUESTIONS
from hazama.figures.scene import READABLE
from hazama.model.errors import UsageError
from hazama.model.records import Status
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.tables import read, sample
from tests.figures.made import bare_town, body, link, one_body
from tests.towns import small_town

EVERYTHING = frozenset({Status.INFERRED, Status.UNVERIFIED})
NAMES = figure_names()


@pytest.fixture(scope="module")
def fujisawa() -> Municipality:
    return read(sample())


def _with_everything(town: Municipality, **more: object) -> Wishes:
    return Wishes(scope=Scope(town.layer.as_of, EVERYTHING), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_figures_of_the_sample_have_no_fault(name: str, fujisawa: Municipality) -> None:
    assert faults(scene(name, fujisawa)) == ()


@pytest.mark.parametrize("name", NAMES)
def test_with_everything_in_it_and_in_english_they_have_none_either(name: str, fujisawa: Municipality) -> None:
    assert faults(scene(name, fujisawa, _with_everything(fujisawa, lang="en", gaps=True))) == ()


@pytest.mark.parametrize("town", [bare_town(), one_body(), small_town()], ids=["bare", "one body", "small"])
@pytest.mark.parametrize("name", NAMES)
def test_small_towns_have_no_fault(name: str, town: Municipality) -> None:
    made = scene(name, town)
    assert faults(made) == ()
    assert made.boxes


def test_an_empty_figure_says_so() -> None:
    (box,) = scene("governance", bare_town()).boxes
    assert (box.kind, box.name) == ("gap", "この図に描く行が、まだ表にありません")


def test_a_town_of_ids_only_can_be_drawn() -> None:
    bodies = tuple(body(n, f"b{n}", reports_to=(f"b{n + 1}",)) for n in range(1, 6))
    made = scene("governance", replace(bare_town(), bodies=bodies))
    assert faults(made) == ()
    assert len(made.lines) == 4


@pytest.mark.parametrize("name", NAMES)
def test_what_is_only_inferred_is_left_out_until_it_is_asked_for(name: str, fujisawa: Municipality) -> None:
    made = scene(name, fujisawa)
    assert {line.status for line in made.lines} <= {Status.STATED}
    assert {box.status for box in made.boxes} <= {Status.STATED}


def test_governance_shows_what_the_paper_states(fujisawa: Municipality) -> None:
    made = scene("governance", fujisawa)
    joined = {frozenset((line.source, line.target)) for line in made.lines}
    assert frozenset(("bodies/b_pj", "bodies/b_kentou")) in joined
    assert frozenset(("bodies/b_kentou", "bodies/b_suishin")) in joined
    assert {box.name for box in made.inside("bodies/b_pj")} == {
        "企画政策課", "市民自治推進課", "生涯学習総務課", "地域共生社会推進室"
    }  # fmt: skip
    assert "bodies/b_carer" not in {box.id for box in made.boxes}


def test_inferred_reports_are_dashed_when_asked_for(fujisawa: Municipality) -> None:
    lines = {line.id: line for line in scene("governance", fujisawa, _with_everything(fujisawa)).lines}
    assert lines["bodies/b_bunka--reports_to--bodies/b_bukai"].status is Status.INFERRED
    assert lines["bodies/b_pj--reports_to--bodies/b_kentou"].status is Status.STATED


@pytest.mark.parametrize("name", ["governance", "law", "organisation", "support", "themes"])
def test_every_statement_is_drawn_or_counted_in_the_footer(name: str, fujisawa: Municipality) -> None:
    made = scene(name, fujisawa)
    hidden = sum(statement.shown == "table" for statement in made.statements)
    footer = "".join("".join(note.lines) for note in made.notes)
    assert made.statements
    assert f"{hidden} 件は" in footer if hidden else "件は" not in footer


def test_every_statement_says_where_it_is_written(fujisawa: Municipality) -> None:
    assert all("行目" in statement.source for statement in scene("governance", fujisawa).statements)


def test_the_footer_names_date_sources_and_licence(fujisawa: Municipality) -> None:
    made = scene("themes", fujisawa)
    footer = " ".join("".join(note.lines) for note in made.notes)
    assert made.subtitle
    assert "2022-02-28" in made.subtitle.lines[0]
    assert "出典" in footer
    assert "CC BY 4.0" in footer


def test_the_matrix_counts_what_its_cells_list(fujisawa: Municipality) -> None:
    matrix = scene("matrix", fujisawa).matrix
    assert matrix
    cells = [cell for row in matrix.cells for cell in row]
    assert all(cell.text.endswith(str(len(cell.behind))) for cell in cells if cell.behind)
    assert {cell.state for cell in cells if not cell.behind} == {"blank"}


def test_gaps_are_hatched_only_on_wish(fujisawa: Municipality) -> None:
    with_gaps = scene("matrix", fujisawa, Wishes(gaps=True))
    assert "gap" in {box.kind for box in with_gaps.boxes}
    assert "gap" not in {box.kind for box in scene("matrix", fujisawa).boxes}


def test_the_table_of_units_says_which_unit_stands_inside_which(fujisawa: Municipality) -> None:
    for name in ("units", "organisation"):
        made = scene(name, fujisawa)
        inside = [box for box in made.boxes if box.parent]
        said = [each for each in made.statements if each.predicate == "属する"]
        assert inside and len(said) == len(inside), name


def test_a_reorganisation_is_drawn_before_and_after(fujisawa: Municipality) -> None:
    made = scene("organisation", fujisawa)
    assert [zone.id for zone in made.zones] == ["before", "after"]
    assert ("agencies/sec_hokatsu@before", "agencies/sec_kyosei@after") in {
        (line.source, line.target) for line in made.lines
    }


def test_around_one_thing_everything_drawn_is_at_most_two_steps_away(fujisawa: Municipality) -> None:
    made = scene("around", fujisawa, Wishes(about="programs/i1c"))
    near = {"programs/i1c"}
    for _ in range(2):
        near |= {end for line in made.lines if {line.source, line.target} & near for end in (line.source, line.target)}
    assert {box.id for box in made.boxes} == near
    assert faults(made) == ()
    assert "障がい者地域相談支援センターの設置" in made.title.lines[0]


def test_around_nothing_is_a_question_put_wrongly(fujisawa: Municipality) -> None:
    with pytest.raises(UsageError, match="about"):
        scene("around", fujisawa)


def test_a_circle_of_bodies_inside_each_other_does_not_hang() -> None:
    bodies = (body(1, "甲", parent="b2"), body(2, "乙", parent="b1"))
    assert {box.parent for box in scene("governance", replace(bare_town(), bodies=bodies)).boxes} == {""}


def test_several_relations_of_two_bodies_are_one_line_with_all_words() -> None:
    links = (link(1, "b1", "exchanges_with", "b2"), link(2, "b2", "reports_issues_to", "b1"))
    (line,) = scene("governance", replace(bare_town(), bodies=(body(1, "甲"), body(2, "乙")), links=links)).lines
    assert line.text == "情報共有・意見交換、課題の報告"
    assert line.heads == (True, True)


def test_an_unknown_figure_names_those_there_are(fujisawa: Municipality) -> None:
    with pytest.raises(UsageError, match="governance"):
        scene("nonsense", fujisawa)


def test_a_town_adds_a_figure_of_its_own(tmp_path: Path) -> None:
    text = 'figure = "ours"\nquestion = "bodies"\n[title]\nja = "わたしたちの会議"\n'
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    made: Scene = scene("ours", one_body(), folder=tmp_path)
    assert made.title.lines == ("わたしたちの会議",)
    assert "ours" in figure_names(tmp_path)


@pytest.mark.parametrize("text", ["figure = ", 'figure = "x"\n', 'figure="x"\nquestion="bodies"\ntitle=3\n'])
def test_a_template_that_cannot_be_read_names_its_file(text: str, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"broken\.toml"):
        figure_names(tmp_path)


def test_a_template_with_an_unknown_question_names_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text('figure="odd"\nquestion="why"\n[title]\nja="なぜ"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="bodies"):
        scene("odd", one_body(), folder=tmp_path)


@pytest.mark.parametrize("name", sorted(figures()))
def test_every_template_asks_a_known_question_in_both_languages(name: str) -> None:
    template = figures()[name]
    assert template.question in QUESTIONS
    labels = [template.title, template.description, *template.texts.values(), *(words for _, words in template.words)]
    assert all(label.ja and label.en for label in labels)


def test_draw_writes_what_the_ending_says(tmp_path: Path) -> None:
    draw(scene("governance", one_body()), tmp_path / "f.svg")
    assert (tmp_path / "f.svg").read_text(encoding="utf-8").startswith("<svg")


def test_an_unknown_ending_names_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"\.pptx"):
        rendered(scene("governance", one_body()), ".doc")


def test_a3_is_the_same_drawing_on_a_larger_sheet() -> None:
    a4, a3 = (rendered(scene("governance", one_body(), Wishes(paper=paper)), ".svg").decode() for paper in Paper)
    assert 'width="420mm" height="297mm"' in a3
    assert a4.replace('width="297mm" height="210mm"', "") == a3.replace('width="420mm" height="297mm"', "")


def test_boxes_lead_to_the_pages_of_their_rows() -> None:
    made = linked(scene("governance", small_town()), {("bodies", "council"): "../bodies/council.html"})
    assert made.box("bodies/council").href == "../bodies/council.html"
    assert '<a href="../bodies/council.html">' in rendered(made, ".svg").decode()
    assert {box.href for box in made.boxes if box.id != "bodies/council"} == {""}


@pytest.mark.parametrize("name", NAMES)
def test_on_a4_everything_in_the_sample_can_be_read(name: str, fujisawa: Municipality) -> None:
    assert scene(name, fujisawa).smallest_type >= READABLE
    assert scene(name, fujisawa, Wishes(lang="en", paper=Paper.A3)).smallest_type >= READABLE


@pytest.mark.parametrize("name", ["themes", "support", "governance", "organisation", "matrix", "units"])
def test_the_figures_of_a_council_paper_are_comfortable_on_a4(name: str, fujisawa: Municipality) -> None:
    assert scene(name, fujisawa).smallest_type >= 7.0


def test_the_notebooks_figure_is_the_scene() -> None:
    assert hazama.figure("governance", one_body()) == scene("governance", one_body())


def test_gaps_of_governance_are_what_the_audits_miss(fujisawa: Municipality) -> None:
    made = scene("governance", fujisawa, Wishes(gaps=True))
    found = audit(fujisawa, Scope(fujisawa.layer.as_of), ["governance:no_secretariat"])
    lacking = {finding.subjects[0] for finding in found} & {box.id for box in made.boxes}
    assert lacking
    assert lacking == {box.parent for box in made.boxes if box.kind == "gap" and "事務局" in box.name}


def test_a_zone_without_a_body_says_so_on_wish() -> None:
    named = {box.zone: box.name for box in scene("governance", one_body(), Wishes(gaps=True)).boxes if not box.parent}
    assert named["outside"] == named["community"] == "ここに会議体の記載なし"


def test_a_notebook_shows_a_scene_as_its_drawing() -> None:
    made = scene("governance", one_body())
    assert made._repr_svg_().encode() == rendered(made, ".svg")


def test_a_template_like_another_says_only_what_differs(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(
        'figure = "ours"\nlike = "governance"\n[title]\nja = "会議"\n', encoding="utf-8"
    )
    ours, governance = figures(tmp_path)["ours"], figures()["governance"]
    assert replace(ours, figure="governance", order=4, title=governance.title) == governance
    assert ours.title.ja == "会議"
    (tmp_path / "ours.toml").write_text('figure = "ours"\nlike = "nothing"\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"ours\.toml"):
        figures(tmp_path)
