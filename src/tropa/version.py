"""The version: one place for the package, its maps and its store."""

__version__ = "0.1.0"
