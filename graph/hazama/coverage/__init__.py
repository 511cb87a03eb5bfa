"""What no programme reaches: all maximal gaps of a space, ranked, counted and explained."""

from hazama.coverage.boxes import Box, Dimension, Gap, Joint, Masks, Number, Space, bits, mask_of, meets, runs
from hazama.coverage.gaps import Answer, answer, gaps
from hazama.coverage.rank import top
from hazama.coverage.totals import totals

__all__ = [
    "Answer",
    "Box",
    "Dimension",
    "Gap",
    "Joint",
    "Masks",
    "Number",
    "Space",
    "answer",
    "bits",
    "gaps",
    "mask_of",
    "meets",
    "runs",
    "top",
    "totals",
]
