"""Published sites and a browser, made once for all tests of the site."""

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hazama.model.view import Scope
from hazama.site.desk import Desk
from hazama.site.ground import ground
from hazama.site.lacks import Lacks, lacks
from hazama.site.publish import publish
from hazama.site.values import Lang
from hazama.tables import read, sample
from tests.towns import small_town

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def desk(lang: Lang = "ja", scope: Scope | None = None) -> Desk:
    """The desk of みなと町."""
    town = small_town()
    return Desk(ground(town, scope or Scope(town.layer.as_of)), lang)


@cache
def found() -> Lacks:
    """What みなと町 lacks."""
    return lacks(desk().ground)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """みなと町, published."""
    return publish(small_town(), tmp_path_factory.mktemp("small") / "site").folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample town, published."""
    return publish(read(sample()), tmp_path_factory.mktemp("sample") / "site").folder


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium without a network; its absence is a failure in continuous integration."""
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium in continuous integration")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        )
        yield running
        running.close()
