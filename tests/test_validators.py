"""The validators see planted faults: a wrapper that reported nothing would void every other check of a document."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, NamedTuple

import docx
import pytest

from tests.tools import validators
from tests.tools.false_alarms import FALSE_ALARMS
from tests.tools.validators import AUDIT, SDK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.tools.validators import Finding

    Validate = Callable[[Iterable[Path]], list[Finding]]

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOKMARK = '<w:bookmarkStart w:id="1" w:name="{}"/><w:bookmarkEnd w:id="1"/>'
PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="1" cy="1"/><wp:docPr id="7" name="x"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="urn:x"/>'
    "</a:graphic></wp:inline></w:drawing></w:r>"
)


class Fault(NamedTuple):
    """An edit of document.xml, and the validators that see it."""

    old: str
    new: str
    seen_by: frozenset[str]


BOTH = frozenset({SDK, AUDIT})
RUN = "<w:r><w:t>正文</w:t></w:r>"
FAULTS = {
    "a paragraph inside a run": Fault(RUN, "<w:r><w:p/><w:t>正文</w:t></w:r>", BOTH),
    "an alignment that does not exist": Fault(RUN, f'<w:pPr><w:jc w:val="middle"/></w:pPr>{RUN}', BOTH),
    "run properties out of order": Fault(
        RUN, '<w:r><w:rPr><w:sz w:val="24"/><w:b/></w:rPr><w:t>正文</w:t></w:r>', BOTH
    ),
    "two bookmarks with one id": Fault(RUN, BOOKMARK.format("a") + BOOKMARK.format("b") + RUN, BOTH),
    "a link to no relation": Fault(RUN, f'<w:hyperlink xmlns:r="{RELATION}" r:id="rId999">{RUN}</w:hyperlink>', BOTH),
    "a body that is not closed": Fault("</w:body>", "", BOTH),
    "a size that is no number": Fault(RUN, '<w:r><w:rPr><w:sz w:val="big"/></w:rPr></w:r>', frozenset({SDK})),
    "two pictures with one id": Fault(RUN, PICTURE * 2, frozenset({SDK})),
    "a cell without a paragraph": Fault("<w:p/></w:tc>", "</w:tc>", frozenset({AUDIT})),
    "a style that nothing defines": Fault(RUN, f'<w:pPr><w:pStyle w:val="Nope"/></w:pPr>{RUN}', frozenset({AUDIT})),
}


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small document with a heading, a paragraph, a table, a header and a footer."""
    document = docx.Document()
    document.add_heading("标题", 1)
    document.add_paragraph("正文")
    document.add_table(1, 2)
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    path = tmp_path_factory.mktemp("sound") / "sound.docx"
    document.save(str(path))
    return path


def planted(fault: Fault, sound: Path, target: Path) -> Path:
    """Copies the sound document with one fault in its body."""
    with zipfile.ZipFile(sound) as whole, zipfile.ZipFile(target, "w") as broken:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "word/document.xml":
                text = content.decode()
                assert fault.old in text
                content = text.replace(fault.old, fault.new, 1).encode()
            broken.writestr(name, content)
    return target


def test_a_sound_document_has_no_findings(validate: Validate, sound: Path) -> None:
    assert validate([sound]) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str, validate: Validate, sound: Path, tmp_path: Path) -> None:
    found = validate([planted(FAULTS[name], sound, tmp_path / "fault.docx")])
    assert {finding.validator for finding in found} >= FAULTS[name].seen_by


def test_a_file_that_is_no_package_is_found_by_both(validate: Validate, tmp_path: Path) -> None:
    path = tmp_path / "text.docx"
    path.write_text("no zip", "utf-8")
    assert {finding.validator for finding in validate([path])} == BOTH


def test_findings_name_their_document(validate: Validate, sound: Path, tmp_path: Path) -> None:
    fault = planted(FAULTS["a paragraph inside a run"], sound, tmp_path / "fault.docx")
    assert {finding.document for finding in validate([sound, fault])} == {"fault.docx"}


def test_only_listed_false_alarms_are_left_out(sound: Path) -> None:
    raised = validators.audit_findings(sound)
    assert raised
    assert all(map(validators.is_false_alarm, raised))
    assert not validators.is_false_alarm(raised[0]._replace(part="/word/document.xml"))


def test_every_false_alarm_has_a_reason() -> None:
    assert all(len(alarm.reason) > len("it is no fault") for alarm in FALSE_ALARMS)
