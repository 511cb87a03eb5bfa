"""Folders of tables to read."""

from collections.abc import Callable
from pathlib import Path

import pytest

TOWN = 'name = "試町"\nbase = "https://example.org/t/"\n'

Make = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A town folder with these files; town.toml is there unless one is given."""

    def made(files: dict[str, str | bytes]) -> Path:
        for name, text in {"town.toml": TOWN, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return made
