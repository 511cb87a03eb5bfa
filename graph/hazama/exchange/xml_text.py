"""What XML 1.0 allows in a document (https://www.w3.org/TR/xml/#charsets)."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile("&#(?:x0*([0-8bcefBCEF]|1[0-9a-fA-F])|0*([0-8]|1[124-9]|2[0-9]|3[01]));")
_NAMED = re.compile(r"[^\W\d][\w.-]*$")


def allowed(document: str) -> bytes:
    """The document with every sign that XML cannot hold shown as U+FFFD, escaped or not."""
    return _FORBIDDEN.sub("\ufffd", _ESCAPED.sub("\ufffd", document)).encode()


def has_name(address: str) -> bool:
    """Whether an address ends in a name that an XML element can have."""
    return bool(_NAMED.search(address))
