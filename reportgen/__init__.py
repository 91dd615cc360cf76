"""Turns facts and a pack into the finished Word report; `reportgen.cli` is the command."""

__version__ = "0.1.0"
