"""The words: English message identifiers in, the reader's language out, through a gettext catalogue made with Babel."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("zh", "en")
LOCALE: Final = Path(__file__).parents[1] / "locale"
DOMAIN: Final = "reportgen"


def N_(message: str) -> str:  # noqa: N802 — gettext's own name for "extract, translate later"
    """Mark a message for the catalogue and give it back untranslated."""
    return message


# What argparse says through gettext, in the Pythons from 3.11 on; the command line lets it look in our catalogue.
ARGPARSE: Final = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("%(heading)s:"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
    N_("not allowed with argument %s"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
)


class Messages:
    """Says messages in one language: `zh` through the catalogue, `en` as they stand in the code."""

    def __init__(self, language: str) -> None:
        """Take the language of the reader, one of `LANGUAGES`."""
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, message: str, **values: object) -> str:
        """Translate a message and fill in its `{names}`; without values it stays as it is, `{names}` and all."""
        said = self._catalogue.gettext(message) if message else ""
        return said.format(**values) if values else said


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, ["zh_CN"])
