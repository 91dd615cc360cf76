"""Pictures as facts: known by their bytes, measured from their headers, refused when they lie or lead elsewhere."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import source
from reportgen.build import build
from reportgen.explain import explain
from reportgen.facts import Picture, bind, read
from reportgen.facts.pictures import LIMIT, PIXELS
from reportgen.schema import Field, Kind, group, listing
from tests import small_packs
from tests.pictures import SIGNATURE, TABLES, chunk, frame, header, jpeg, png

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.diagnostics import Diagnostic

FORM = group({"照片": Field(Kind.PICTURE)})
SOUND = {
    "grey": (png(), ("PNG", 2, 1)),
    "laced colours": (png(3, 5, 16, 6, 0, 0, 1), ("PNG", 3, 5)),
    "something behind the end": (png() + b"more", ("PNG", 2, 1)),
    "chunks of one's own": (SIGNATURE + header() + chunk(b"tEXt", b"IEND") + png()[33:], ("PNG", 2, 1)),
    "as many dots as there may be": (png(PIXELS, 1), ("PNG", PIXELS, 1)),
    "baseline": (jpeg(frame()), ("JPEG", 2, 1)),
    "progressive": (jpeg(frame(800, 600, 3, 0xC2)), ("JPEG", 800, 600)),
    "four colours": (jpeg(frame(7, 9, 4, 0xC1)), ("JPEG", 7, 9)),
    "fill bytes": (jpeg(b"\xff\xff" + frame()), ("JPEG", 2, 1)),
    "a small picture in the header": (jpeg(b"\xff\xe1\x00\x06\xff\xc0\xff\xd9" + frame()), ("JPEG", 2, 1)),
    "the first of two frames": (jpeg(frame() + frame(9, 9)), ("JPEG", 2, 1)),
}
FAULTY = {
    "empty": (b"", "F236"),
    "a text": (b"\xe7\x94\xb2", "F236"),
    "a GIF": (b"GIF89a\x01\x00\x01\x00\x80\x00\x00", "F236"),
    "a web page": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "F236"),
    "a mended signature": (SIGNATURE.replace(b"\r\n", b"\n") + header(), "F236"),
    "a signature alone": (SIGNATURE, "F237"),
    "half a PNG": (png()[: len(png()) // 2], "F237"),
    "a PNG without its last byte": (png()[:-1], "F237"),
    "a PNG without its end": (png()[:-12], "F237"),
    "a PNG that shows nothing": (SIGNATURE + header() + chunk(b"IEND"), "F237"),
    "a changed byte": (png()[:-20] + bytes([png()[-20] ^ 1]) + png()[-19:], "F237"),
    "no header": (SIGNATURE + chunk(b"IDAT", b"x") + chunk(b"IEND"), "F237"),
    "a short header": (SIGNATURE + chunk(b"IHDR", b"x") + png()[33:], "F237"),
    "no width": (png(0, 1), "F237"),
    "no height": (png(1, 0), "F237"),
    "a negative width": (SIGNATURE + header(1 << 31, 1) + png()[33:], "F237"),
    "an odd depth": (png(2, 1, 3, 0, 0, 0, 0), "F237"),
    "an odd kind of colour": (png(2, 1, 8, 5, 0, 0, 0), "F237"),
    "an odd packing": (png(2, 1, 8, 0, 1, 0, 0), "F237"),
    "an odd lacing": (png(2, 1, 8, 0, 0, 0, 2), "F237"),
    "a chunk longer than the file": (SIGNATURE + b"\xff\xff\xff\xffIHDR" + bytes(40), "F237"),
    "one dot too many": (png(PIXELS + 1, 1), "F238"),
    "a bomb": (png((1 << 31) - 1, (1 << 31) - 1), "F238"),
    "a JPEG bomb": (jpeg(frame(65535, 65535, 3)), "F238"),
    "a JPEG sign alone": (b"\xff\xd8\xff", "F237"),
    "half a JPEG": (jpeg(frame())[:60], "F237"),
    "a JPEG without its end": (jpeg(frame(), end=b""), "F237"),
    "an end in the header only": (jpeg(b"\xff\xe1\x00\x04\xff\xd9" + frame(), end=b""), "F237"),
    "no frame": (jpeg(b""), "F237"),
    "a frame cut short": (jpeg(b"\xff\xc0\x00\x04\x08\x00"), "F237"),
    "a frame with too few colours": (jpeg(frame().replace(b"\x00\x0b", b"\x00\x08")[:10]), "F237"),
    "a height stated later": (jpeg(frame(2, 0)), "F237"),
    "twelve bits": (jpeg(frame(depth=12)), "F237"),
    "two colours": (jpeg(frame(colours=2)), "F237"),
    "coding that Word cannot read": (jpeg(frame(kind=0xC9)), "F237"),
    "a segment without length": (b"\xff\xd8" + TABLES + b"\xff\xe1\x00\x00" + bytes(9), "F237"),
    "a segment longer than the file": (b"\xff\xd8\xff\xe1\xff\xff" + frame(), "F237"),
}


def taken(folder: Path, name: str = "a.png", form: Field = FORM) -> tuple[object, list[Diagnostic]]:
    """Bind a facts file that names a picture, in a folder."""
    (folder / "f.yaml").write_text(f"照片: {name}\n", "utf-8")
    (root, _, place), found = read(folder / "f.yaml")
    assert root
    assert found == []
    facts, found = bind(root, form, place)
    return facts.values["照片"], found


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "甲"])
@pytest.mark.parametrize("case", SOUND)
def test_a_picture_is_known_by_its_bytes_whatever_its_name(tmp_path: Path, case: str, name: str) -> None:
    data, (kind, width, height) = SOUND[case]
    (tmp_path / name).write_bytes(data)
    assert taken(tmp_path, name) == (Picture(str(tmp_path / name), kind, width, height, data), [])


@pytest.mark.parametrize("case", FAULTY)
def test_what_is_no_sound_picture_is_refused(tmp_path: Path, case: str) -> None:
    data, code = FAULTY[case]
    (tmp_path / "a.png").write_bytes(data)
    value, found = taken(tmp_path)
    assert not value
    assert [(one.rule.code, one.span.line, one.span.column) for one in found] == [(code, 1, 5)]


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.png").open("wb") as file:
        file.write(png())
        file.truncate(LIMIT + 1)
    [found] = taken(tmp_path)[1]
    assert (found.rule.code, found.values["limit"], found.span.line) == ("S004", 16, 1)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../a.png", "F231"),
        ("/a.png", "F231"),
        ("C:a.png", "F231"),
        ("b.png", "S001"),
        (".", "S002"),
        ("out.png", "F231"),
    ],
)
def test_only_files_of_the_folder_are_opened(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "out.png").symlink_to(tmp_path / "a.png")
    value, found = taken(tmp_path / "in", name)
    assert not value
    assert [(one.rule.code, one.span.line) for one in found] == [(code, 1)]


def test_without_a_folder_there_are_no_pictures() -> None:
    text = "照片: a.png\n"
    root, _ = source.parse(text, "f.yaml")
    assert root
    facts, found = bind(root, FORM)
    assert not facts.values["照片"]
    assert [one.rule.code for one in found] == ["F231"]


def test_a_picture_lies_beside_the_file_that_names_it_and_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "附件").mkdir()
    (tmp_path / "附件" / "a.png").write_bytes(png())
    (tmp_path / "f.yaml").write_text("引入: 附件/b.yaml\n", "utf-8")
    (tmp_path / "附件" / "b.yaml").write_text("照片:\n  - a.png\n  - {值: a.png, 佐证: 档案}\n", "utf-8")
    (root, _, folder), _ = read(tmp_path / "f.yaml")
    assert root
    facts, found = bind(root, group({"照片": listing(Field(Kind.PICTURE))}), folder)
    assert found == []
    first, second = facts.all["照片[1]"], facts.all["照片[2]"]
    assert first.value is second.value
    assert second.evidence == "档案"


@given(st.sampled_from([png(), jpeg(frame())]), st.data())
def test_no_bytes_make_the_reading_fail(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    changed = data[:at] + draw.draw(st.binary(max_size=6)) + data[draw.draw(st.integers(at, len(data))) :]
    with small_packs.folder() as place:
        (place / "a.png").write_bytes(changed)
        value, found = taken(place)
    assert isinstance(value, Picture) is not bool(found)


def test_a_picture_is_explained_and_printed_in_word() -> None:
    files = {"schema.yaml": "甲: 数\n照片: 图片\n", "facts.yaml": "甲: 1\n照片: a.png\n"}
    with small_packs.made({**files, "report.docx": "{{ 照片 | 默认('') }}"}) as (pack, _, facts):
        assert pack
        (facts.parent / "a.png").write_bytes(png())
        built = build(facts, pack=pack)
    lines, _ = explain(built.study, "照片")
    assert lines[0].text.endswith("a.png（PNG，2×1）")
    assert built.study.found == []
    with ZipFile(BytesIO(built.documents[0].data)) as document:
        assert [document.read(name) for name in document.namelist() if "/media/" in name] == [png()]
