"""Data inside a script."""

import json


def json_text(value: object) -> str:
    """JSON that is also a script: no sign in it ends a line or an element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
