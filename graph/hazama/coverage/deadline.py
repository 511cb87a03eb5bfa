"""When a search has to come to an end: after some seconds, or when somebody says so."""

from __future__ import annotations

from math import inf
from time import monotonic

__all__ = ["Deadline"]


class Deadline:
    """A moment after which work stops and what is known is told. ``stop`` may be a signal handler.

    >>> later = Deadline(60)
    >>> later.passed, later.stop(), later.passed
    (False, None, True)
    """

    __slots__ = ("_end",)

    def __init__(self, seconds: float | None = None) -> None:
        self._end = inf if seconds is None else monotonic() + seconds

    @classmethod
    def of(cls, given: float | Deadline | None) -> Deadline:
        """The deadline given, or the one so many seconds from now; None is never."""
        return given if isinstance(given, Deadline) else cls(given)

    @property
    def passed(self) -> bool:
        """Whether the moment has come."""
        return monotonic() >= self._end

    def check(self) -> None:
        """``TimeoutError`` once the moment has come."""
        if self.passed:
            raise TimeoutError

    def stop(self, *_signal: object) -> None:
        """Makes the moment now."""
        self._end = -inf
