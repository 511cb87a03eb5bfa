"""The same pages on a desk: rebuilt when a table is saved, with forms, a JSON API and SPARQL, on 127.0.0.1 only."""

from hazama.site.serve.running import serve

__all__ = ["serve"]
