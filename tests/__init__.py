"""The tests, importable as one package so that they can share `tests.tools`."""
