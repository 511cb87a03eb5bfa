"""Office files are ZIP packages that note the time of writing; here the time is always the same."""

import io
import zipfile

MOMENT = (2000, 1, 1, 0, 0, 0)


def same_bytes(package: bytes) -> bytes:
    """Return a ZIP package with equal contents whose bytes do not depend on when it was written."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as given, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(name))
    return buffer.getvalue()
