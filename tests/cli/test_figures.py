from pathlib import Path

from click.testing import CliRunner

from hazama.cli.figures import draw
from hazama.model.errors import UsageError


def _run(*words: str) -> tuple[int, str, BaseException | None]:
    result = CliRunner().invoke(draw, list(words))
    return result.exit_code, result.output, result.exception


def test_list_names_every_figure() -> None:
    status, output, _ = _run("--list")
    assert status == 0
    assert all(name in output for name in ("governance", "themes", "around", "matrix"))


def test_draw_writes_the_file_and_says_so(tmp_path: Path) -> None:
    status, output, _ = _run("governance", "-o", str(tmp_path / "fig4.svg"), "--mono", "--paper", "a3", "--lang", "en")
    assert status == 0
    assert "fig4.svg" in output
    assert 'width="420mm"' in (tmp_path / "fig4.svg").read_text(encoding="utf-8")


def test_inferred_lines_come_only_when_they_are_asked_for(tmp_path: Path) -> None:
    for name, words in (("without", ()), ("with", ("--include", "inferred"))):
        assert _run("governance", "-o", str(tmp_path / f"{name}.svg"), *words)[0] == 0
    dashes = {
        name: (tmp_path / f"{name}.svg").read_text(encoding="utf-8").count("stroke-dasharray")
        for name in ("without", "with")
    }
    assert dashes["without"] == 0 < dashes["with"]


def test_the_whole_graph_and_one_things_surroundings(tmp_path: Path) -> None:
    assert _run("explore", "-o", str(tmp_path / "all.html"))[0] == 0
    assert _run("around", "--about", "programs/i1c", "-o", str(tmp_path / "one.svg"))[0] == 0
    assert (tmp_path / "all.html").stat().st_size > 400_000


def test_what_a_figure_is_about_goes_by_name_or_id(tmp_path: Path) -> None:
    by_id, by_name = tmp_path / "id.svg", tmp_path / "name.svg"
    assert _run("around", "--about", "agencies/sec_kyosei", "-o", str(by_id))[0] == 0
    assert _run("around", "--about", "地域共生社会推進室", "-o", str(by_name))[0] == 0
    assert by_id.read_bytes() == by_name.read_bytes()
    unknown = _run("around", "--about", "どこにもない課", "-o", str(tmp_path / "none.svg"))[2]
    assert isinstance(unknown, UsageError) and "どこにもない課" in unknown.sentence("ja")
    assert not (tmp_path / "none.svg").exists()


def test_a_figure_without_a_file_is_a_question_put_wrongly() -> None:
    assert isinstance(_run("governance")[2], UsageError)


def test_a_sheet_that_is_too_small_is_said_to_be(tmp_path: Path) -> None:
    for paper, advised in (("a4", True), ("a3", False)):
        output = _run("governance", "-o", str(tmp_path / "f.svg"), "--lang", "en", "--with", "gaps", "--paper", paper)[
            1
        ]
        assert ("--paper a3" in output) == advised
