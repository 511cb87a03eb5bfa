import os
import subprocess
import sys
from pathlib import Path

import pytest

from hazama.exchange import EXTENSIONS, build, exported
from hazama.model.errors import UsageError
from tests.towns import small_town


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_file_holds_the_export(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"町{extension}"
    build(small_town(), path)
    assert path.read_bytes() == exported(small_town(), extension)
    assert list(tmp_path.iterdir()) == [path]


def test_the_extension_may_be_in_capitals(tmp_path: Path) -> None:
    build(small_town(), tmp_path / "TOWN.TTL")
    assert (tmp_path / "TOWN.TTL").read_bytes() == exported(small_town(), ".ttl")


def test_an_unknown_extension_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        build(small_town(), tmp_path / "town.docx")
    for lang in ("ja", "en"):
        assert ".docx" in raised.value.sentence(lang)
        assert ".ttl" in raised.value.sentence(lang)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named_and_left_alone(tmp_path: Path) -> None:
    taken = tmp_path / "town.ttl"
    taken.mkdir()
    for path in (taken, tmp_path / "nowhere" / "town.ttl"):
        with pytest.raises(UsageError, match="書き出せません"):
            build(small_town(), path)
    assert list(tmp_path.iterdir()) == [taken]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    build(small_town(), tmp_path / "town.nt")
    assert (tmp_path / "town.nt").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_the_same_town_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib; from hazama.exchange import EXTENSIONS, exported; from tests.towns import small_town;"
        "print([hashlib.sha256(exported(small_town(), one)).hexdigest() for one in EXTENSIONS])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
