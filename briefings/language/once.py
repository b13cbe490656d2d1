"""Keeps what a function finds in a reading for as long as the reading lives.

For what several sections ask of the same article; it knows nothing of what is found.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from briefings.language.reading import Reading

Found = TypeVar("Found")


def once(find: Callable[[Reading], Found]) -> Callable[[Reading], Found]:
    """The function, asked once for each reading; its answer must not be changed by who gets it."""
    kept: WeakKeyDictionary[Reading, Found] = WeakKeyDictionary()

    @wraps(find)
    def found_in(reading: Reading) -> Found:
        if reading not in kept:
            kept[reading] = find(reading)
        return kept[reading]

    return found_in
