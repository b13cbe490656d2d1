"""Briefings for readers: one tree of nodes, and a renderer for each platform over it.

Use `render`; the platforms' own functions stand in their modules.
"""

from briefings.rendering.formats import (
    EXPLAINED_FORMATS,
    FORMATS,
    SECTIONED_FORMATS,
    render,
)
from briefings.rendering.sections import SECTIONS

__all__ = ["EXPLAINED_FORMATS", "FORMATS", "SECTIONED_FORMATS", "SECTIONS", "render"]
