"""A template damaged on purpose is refused with the place of the fault, or becomes a document that validators pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen import word
from tests.damaged import DAMAGES, sound
from tests.word_files import zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from reportgen.diagnostics import Diagnostic

REFUSED = [name for name, (_, said) in DAMAGES.items() if said]
MENDED = [name for name, (_, said) in DAMAGES.items() if not said]


def place(one: Diagnostic) -> str:
    number = f"¶{one.span.line}" if one.span.line else ""
    return " ".join(filter(None, (one.rule.code, one.span.part, number, one.span.cell)))


def filled(files: dict[str, bytes]) -> bytes | None:
    """Make a document of a template, None if it is refused."""
    compiled, _ = word.compile(zipped(files), "t.docx", ["标题一"])
    data, _ = compiled.render({"值": "数"}) if compiled else (None, [])
    return data


@pytest.mark.parametrize("name", REFUSED)
def test_a_damaged_template_is_refused_with_its_place(name: str) -> None:
    change, said = DAMAGES[name]
    compiled, found = word.compile(zipped(change(sound())), "t.docx")
    assert compiled is None
    assert "; ".join(dict.fromkeys(map(place, found))) == said


@pytest.mark.parametrize("name", MENDED)
def test_what_word_puts_right_makes_a_document(name: str) -> None:
    change, _ = DAMAGES[name]
    assert filled(change(sound())) is not None


def mended() -> Iterator[bytes]:
    """Give documents that hold all the damage that can be mended, as much at once as goes together."""
    left = MENDED
    while left:
        files, over = sound(), []
        for name in left:
            try:
                more = DAMAGES[name][0](files)
            except ValueError:
                more = {}
            if filled(more) is None:
                over.append(name)
            else:
                files = more
        data = filled(files)
        assert data is not None
        assert len(over) < len(left)
        yield data
        left = over


def test_what_word_puts_right_becomes_a_sound_document(
    validate: Callable[[Iterable[Path]], list[object]], tmp_path: Path
) -> None:
    documents = []
    for number, data in enumerate([filled(sound()) or b"", *mended()]):
        documents.append(tmp_path / f"{number}.docx")
        documents[-1].write_bytes(data)
    assert len(documents) < len(MENDED) / 2
    assert validate(documents) == []
