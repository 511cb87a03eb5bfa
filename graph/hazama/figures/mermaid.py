"""A figure as Mermaid text, for places that draw Mermaid themselves; zones and nested boxes become subgraphs."""

from collections.abc import Iterator

from hazama.figures.scene import Scene, SceneBox, SceneLine
from hazama.figures.style import COLOUR

_ENTITIES = {character: f"#{ord(character)};" for character in '"#&<>[](){}|;`\\'}
_WIDE = str.maketrans("<>", "＜＞")
_SHAPES = {"unit": ("[", "]"), "place": ("([", "])")}


def mermaid(scene: Scene) -> str:
    """Return a flowchart; names are quoted and every sign with a meaning in Mermaid becomes an entity."""
    return "\n".join(_lines(scene)) + "\n"


def _lines(scene: Scene) -> Iterator[str]:
    yield "---"
    yield f"title: {_yaml(scene.title.text)}"
    yield "---"
    yield "flowchart LR"
    ids = {box.id: f"n{place}" for place, box in enumerate(scene.boxes)}
    for place, zone in enumerate(scene.zones):
        yield f'  subgraph z{place}["{_quoted(zone.title.text) or " "}"]'
        for box in scene.inside("", zone.id):
            yield from _box(scene, box, ids, "    ")
        yield "  end"
    for line in scene.lines:
        yield _line(line, ids)
    yield from _classes(scene, ids)


def _box(scene: Scene, box: SceneBox, ids: dict[str, str], indent: str) -> Iterator[str]:
    inside = scene.inside(box.id)
    if not inside:
        left, right = _SHAPES.get(box.kind, ("(", ")"))
        yield f'{indent}{ids[box.id]}{left}"{_quoted(box.name)}"{right}'
        return
    yield f'{indent}subgraph {ids[box.id]}["{_quoted(box.name)}"]'
    for child in inside:
        yield from _box(scene, child, ids, indent + "  ")
    yield f"{indent}end"


def _line(line: SceneLine, ids: dict[str, str]) -> str:
    tail = "<" if line.heads[0] else ""
    head = ">" if line.heads[1] else "-"
    arrow = f"{tail}-.-{head}" if line.dashed else f"{tail}--{head}"
    words = f'|"{_quoted(line.text)}"|' if line.text else ""
    return f"  {ids[line.source]} {arrow}{words} {ids[line.target]}"


def _classes(scene: Scene, ids: dict[str, str]) -> Iterator[str]:
    kinds: dict[str, list[str]] = {}
    for box in scene.boxes:
        kinds.setdefault(box.kind, []).append(ids[box.id])
    for kind, members in sorted(kinds.items()):
        look = COLOUR.look(kind)
        yield f"  classDef {kind} fill:{look.fill},stroke:{look.stroke},color:#1B2430"
        yield f"  class {','.join(members)} {kind}"


def _quoted(text: str) -> str:
    return "".join(_ENTITIES.get(character, character) for character in text)


def _yaml(text: str) -> str:
    escaped = text.translate(_WIDE).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
