"""A folder → a town."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange
from hazama.model.dates import Day
from hazama.model.errors import InputError
from hazama.model.records import Origin, Status
from hazama.tables import check, read, sample
from tests.tables.conftest import TOWN, Make


def test_the_sample_town_has_nothing_wrong() -> None:
    assert check(sample()).violations == ()


def test_a_row_is_read_in_full(make: Make) -> None:
    folder = make(
        {
            "agencies.csv": "id,name\nsec,福祉課\n",
            "programs.csv": (
                "id,名称,別名,所管,地域生活課題,支援機能,年齢下限,年齢上限,障害者手帳,根拠の状態,推定の理由,開始,予算\n"
                "\n"
                "p1,見守り,声かけ;安否確認,福祉課,すべて,相談;参加,概ね65,制限なし,手帳なし,推定,名称から,2022-04,001\n"
                "p2,配食,,,,,,,制限なし,,,,\n"
            ),
        }
    )
    first, second = read(folder).programs
    assert first.origin == Origin("programs.csv", 3)
    assert (first.name, first.alt, first.owner) == ("見守り", ("声かけ", "安否確認"), ("sec",))
    assert (first.needs, first.functions) == (NO_LIMIT, ("consultation", "participation"))
    assert first.limits == {"age": AgeRange(Age(65, approximate=True), NO_LIMIT), "certificate": ("none",)}
    assert (first.status, first.reason, first.since) == (Status.INFERRED, "名称から", Day("2022-04"))
    assert first.extra == {"予算": "001"}
    assert (second.needs, second.limits) == (NOT_RECORDED, {"certificate": NO_LIMIT})
    assert (second.status, second.owner, second.extra) == (Status.STATED, (), {})


def test_layers_are_merged_and_every_row_knows_its_own(tmp_path: Path) -> None:
    for name, stands_on in (("town", '["below"]'), ("below", "[]")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "town.toml").write_text(TOWN + f"stands_on = {stands_on}", encoding="utf-8")
        (tmp_path / name / "programs.csv").write_text(
            f"id,name,implements\n{name},{name},below\n".replace("below,below,below", "below,below,")
        )
    town = read(tmp_path / "town")
    assert [(row.id, row.layer, row.implements) for row in town.programs] == [
        ("town", "", ("below",)),
        ("below", "below", ()),
    ]
    assert [layer.key for layer in town.layers] == ["", "below"]


def test_an_id_of_a_layer_beneath_is_taken(tmp_path: Path) -> None:
    for name, stands_on in (("town", '["below"]'), ("below", "[]")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "town.toml").write_text(TOWN + f"stands_on = {stands_on}", encoding="utf-8")
        (tmp_path / name / "programs.csv").write_text("id,name\np1,x\n")
    (violation,) = check(tmp_path / "town").violations
    assert (violation.code, violation.severity) == ("id_of_layer", "error")


def test_bad_cells_of_a_layer_beneath_are_named_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()
    (tmp_path / "below").mkdir()
    (tmp_path / "town" / "town.toml").write_text(TOWN + 'stands_on = ["below"]', encoding="utf-8")
    (tmp_path / "below" / "town.toml").write_text(TOWN, encoding="utf-8")
    (tmp_path / "below" / "programs.csv").write_text("id,name,min_age\np1,x,?\n")
    (violation,) = check(tmp_path / "town").violations
    assert (violation.file, violation.row, violation.column) == ("below/programs.csv", 2, "min_age")


def test_the_error_counts_and_carries_every_bad_cell_in_both_languages(make: Make) -> None:
    folder = make({"programs.csv": "id,name,min_age\na,x,?\nb,y,?\n"})
    with pytest.raises(InputError) as caught:
        read(str(folder))
    assert "2 か所" in caught.value.sentence("ja")
    assert "2 places" in caught.value.sentence("en")
    assert [violation.row for violation in caught.value.violations] == [2, 3]
    assert caught.value.exit_code == 3


def test_the_order_of_violations_is_that_of_the_tables_and_rows(make: Make) -> None:
    folder = make({"themes.csv": "id,name,no\na,x,?\n", "agencies.csv": "id,name\n?,x\n\n?,y\n"})
    assert [(v.file, v.row) for v in check(folder).violations] == [
        ("agencies.csv", 2),
        ("agencies.csv", 4),
        ("themes.csv", 2),
    ]


def test_a_chain_of_five_thousand_is_no_loop_and_a_loop_of_five_thousand_is_one(make: Make) -> None:
    chain = "".join(f"a{n},x,a{n + 1}\n" for n in range(5000))
    folder = make({"agencies.csv": "id,name,parent\n" + chain + "a5000,x,\n"})
    assert check(folder).violations == ()
    make({"agencies.csv": "id,name,parent\n" + chain + "a5000,x,a0\n"})
    (violation,) = check(folder).violations
    assert violation.code == "loop"
    assert len(dict(violation.values)["path"]) <= 60


def test_a_file_full_of_unknown_names_takes_bounded_time(make: Make) -> None:
    agencies = "".join(f"a{n},地域包括支援センター第{n}\n" for n in range(5000))
    programs = "".join(f"p{n},x,地域包括支援センタ第{n}号\n" for n in range(5000))
    folder = make({"agencies.csv": "id,name\n" + agencies, "programs.csv": "id,name,owner\n" + programs})
    began = time.process_time()
    found = check(folder).violations
    assert time.process_time() - began < 5
    assert len(found) == 5000
    assert found[0].code == "unknown_reference_near"


def test_ten_thousand_programmes_are_read_in_a_second(make: Make) -> None:
    agencies = "".join(f"a{n},部署{n}課\n" for n in range(300))
    line = "すべて,相談;参加,高齢,専用,65,制限なし,手帳なし,市内在住,2022-04,備考"
    programs = "".join(f"p{n},事業{n},部署{n % 300}課,{line}\n" for n in range(10_000))
    heads = "id,name,owner,needs,functions,field,reach,min_age,max_age,certificate,residence,since,note\n"
    folder = make({"agencies.csv": "id,name\n" + agencies, "programs.csv": heads + programs})
    began = time.process_time()
    assert len(read(folder).programs) == 10_000
    assert time.process_time() - began < 2


def test_reading_a_town_imports_nothing_heavy() -> None:
    code = (
        "import sys; from hazama import tables; tables.check(tables.sample());"
        "print(sorted({'pandas', 'numpy', 'networkx', 'rdflib', 'openpyxl', 'csvw'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
