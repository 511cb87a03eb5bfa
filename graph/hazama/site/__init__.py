"""A town as pages: a folder that opens by double click, with no server and no network."""

from hazama.site.edition import Edition
from hazama.site.public import public
from hazama.site.publish import Published, publish
from hazama.site.single import single

__all__ = ["Edition", "Published", "public", "publish", "single"]
