"""A town as pages: a folder that opens by double click, with no server and no network."""

from hazama.site.publish import Published, publish

__all__ = ["Published", "publish"]
