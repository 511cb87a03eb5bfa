import pytest

from hazama.figures.style import COLOUR, MONO, PAPER, QUIET, TEXT, Palette

PALETTES = (COLOUR, MONO)
WITHOUT_TEXT = {"dot", "hole", "bar"}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#RRGGBB`` colours, 1.0 to 21.0 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21.0)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_text_reads_on_every_fill(palette: Palette) -> None:
    grounds = {kind: look.fill for kind, look in palette.looks.items() if kind not in WITHOUT_TEXT}
    grounds |= {"zone": palette.zone.fill, "paper": PAPER}
    assert {kind: contrast(TEXT, fill) for kind, fill in grounds.items() if contrast(TEXT, fill) < 7.0} == {}


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_small_text_and_lines_read_on_the_grounds_they_stand_on(palette: Palette) -> None:
    grounds = [palette.look(kind).fill for kind in ("body", "group", "unit", "place", "program", "theme", "goal")]
    assert min(contrast(QUIET, ground) for ground in [*grounds, PAPER, palette.zone.fill]) >= 4.5
    assert contrast(palette.line, PAPER) >= 7.0


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_borders_of_the_main_kinds_are_seen(palette: Palette) -> None:
    kinds = ("body", "group", "unit", "place", "program", "provision", "gap", "focus")
    assert min(contrast(palette.look(kind).stroke, PAPER) for kind in kinds) >= 3.0


def test_a_photocopy_has_no_colour() -> None:
    colours = [colour for look in MONO.looks.values() for colour in (look.fill, look.stroke)]
    assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in [*colours, MONO.zone.fill, MONO.line])


def test_kinds_differ_in_more_than_colour() -> None:
    shapes = {kind: (COLOUR.look(kind).corner, COLOUR.look(kind).hatched) for kind in ("body", "unit", "place", "gap")}
    assert len(set(shapes.values())) == len(shapes)


def test_an_unknown_kind_looks_like_a_body() -> None:
    assert COLOUR.look("never heard of") == COLOUR.look("body")
