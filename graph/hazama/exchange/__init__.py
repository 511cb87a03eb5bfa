"""Other people's formats: a town as RDF, as a network file, or as a zip of tables.

>>> from hazama import exchange
>>> exchange.EXTENSIONS[:3]
('.ttl', '.nt', '.nq')
"""

from hazama.exchange.building import EXTENSIONS, build, exported

__all__ = ["EXTENSIONS", "build", "exported"]
