"""Many towns: a country as Parquet, one audit a town, counts over all of them.

Nothing here is imported for one town; pyarrow, duckdb, dask and pyspark are extras.
"""

from hazama.towns.audit import audit
from hazama.towns.nation import compare, like, rank
from hazama.towns.pack import pack
from hazama.towns.sample import sample

__all__ = ["audit", "compare", "like", "pack", "rank", "sample"]
