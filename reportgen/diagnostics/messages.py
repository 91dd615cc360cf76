"""The words: English message identifiers in, the reader's language out, through gettext catalogues compiled with Babel."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("zh", "en")
LOCALE = Path(__file__).parents[1] / "locale"


def N_(message: str) -> str:  # noqa: N802 — gettext's own name for "extract, translate later"
    """Mark a message for the catalogue and give it back untranslated."""
    return message


class Messages:
    """Says messages in one language: `zh` through the catalogue, `en` as they stand in the code."""

    def __init__(self, language: str) -> None:
        """Take the language of the reader, one of `LANGUAGES`."""
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, message: str, **values: object) -> str:
        """Translate a message and fill in its `{names}`."""
        said = self._catalogue.gettext(message) if message else ""
        return said.format(**values) if values else said


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("reportgen", LOCALE, ["zh_CN"])
