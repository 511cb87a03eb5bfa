"""A figure as Graphviz text with every position given, for ``neato -n2``; zones and nested boxes are clusters."""

from collections.abc import Iterator

from hazama.figures.scene import POINTS_PER_INCH, Rect, Scene, SceneBox, SceneLine
from hazama.figures.style import COLOUR, FONTS, TEXT


def dot(scene: Scene) -> str:
    """Return a digraph; Graphviz counts y upward, so places are turned over."""
    return "\n".join(_lines(scene)) + "\n"


def _lines(scene: Scene) -> Iterator[str]:
    yield f"digraph {_quoted(scene.figure)} {{"
    yield f"  graph [label={_quoted(scene.title.text)}, fontname={_quoted(FONTS[0])}, splines=ortho]"
    yield f"  node [fontname={_quoted(FONTS[0])}, fontcolor={_quoted(TEXT)}, fixedsize=true]"
    yield f"  edge [fontname={_quoted(FONTS[0])}, fontsize=8.5]"
    for place, zone in enumerate(scene.zones):
        yield f"  subgraph cluster_z{place} {{"
        yield f"    label={_quoted(zone.title.text)}"
        for box in scene.inside("", zone.id):
            yield from _box(scene, box, "    ")
        yield "  }"
    for line in scene.lines:
        yield _line(line)
    yield "}"


def _box(scene: Scene, box: SceneBox, indent: str) -> Iterator[str]:
    inside = scene.inside(box.id)
    if inside:
        yield f"{indent}subgraph {_quoted('cluster_' + box.id)} {{"
        for child in inside:
            yield from _box(scene, child, indent + "  ")
        yield f"{indent}}}"
    look = COLOUR.look(box.kind)
    shape = 'box, style="rounded,filled' if look.corner else 'box, style="filled'
    dashed = ",dashed" if box.dashed else ""
    yield (
        f'{indent}{_quoted(box.id)} [label={_quoted(box.name)}, shape={shape}{dashed}", fillcolor={_quoted(look.fill)},'
        f" color={_quoted(look.stroke)}, fontsize={box.head.size}, {_place(box.rect, scene.height)}]"
    )


def _place(rect: Rect, height: float) -> str:
    middle = rect.centre
    size = f"width={rect.w / POINTS_PER_INCH:.3f}, height={rect.h / POINTS_PER_INCH:.3f}"
    return f'pos="{middle.x:.1f},{height - middle.y:.1f}!", {size}'


def _line(line: SceneLine) -> str:
    style = "dashed" if line.dashed else "solid"
    ends = "both" if all(line.heads) else "forward" if line.heads[1] else "none"
    words = f", label={_quoted(line.text)}" if line.text else ""
    return f"  {_quoted(line.source)} -> {_quoted(line.target)} [style={style}, dir={ends}{words}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
