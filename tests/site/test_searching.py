import json

from hazama.model.names import DROPPED
from hazama.site.searching import data_script, matches, search_records
from tests.site.conftest import desk


def found(query: str) -> set[str]:
    return {record.page for record in search_records(desk("ja"), desk("en")) if matches(record, query)}


def test_a_programme_is_found_by_every_name_it_has() -> None:
    for query in ("ひきこもり訪問", "ヒキコモリ", "ﾋｷｺﾓﾘ", "アウトリーチ", "訪問 支援", "visit"):
        assert "programs/visit.html" in found(query), query


def test_every_word_must_be_there() -> None:
    assert "programs/visit.html" not in found("ひきこもり 配食")


def test_a_provision_is_found_by_its_article() -> None:
    assert any(page.startswith("laws/care_act.html#") for page in found("見本ケア法1条"))


def test_a_question_of_signs_alone_finds_nothing() -> None:
    assert found(DROPPED) == set()


def test_the_data_file_is_one_script_that_json_can_read() -> None:
    text = data_script(desk("ja"), desk("en"))
    data = json.loads(text.removeprefix("var hazama = ").removesuffix(";\n"))
    assert [record[1] for record in data["records"]] == [
        record.page for record in search_records(desk("ja"), desk("en"))
    ]
    assert "<" not in text and "\u2028" not in text
