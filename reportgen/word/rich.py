"""Values that are no text in, XML of Word out: pictures among the facts, and docxtpl's RichText, Listing and the like.

docxtpl's values come from a program that fills a template in, never from facts: what does not fit is its mistake.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from reportgen.diagnostics import Severity, rule
from reportgen.facts import Picture
from reportgen.language import PARAGRAPH, Misuse
from reportgen.word.markup import R, W, w
from reportgen.word.pictures import drawing, fitted, measured
from reportgen.word.sinks import CLOSE_TEXT, DUE, OPEN_TEXT, PAGE, RunSink, written
from reportgen.word.structure import ORDER

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from reportgen.word.needs import Needs
    from reportgen.word.pictures import Room

_R: Final = f"{{{R}}}"
_KINDS: Final = {"PNG": "png", "JPEG": "jpeg"}
_IMAGE, _SUBDOC = "image_descriptor", "subdocx"  # what docxtpl's InlineImage and Subdoc have and nothing else does
_BREAKS: Final = str.maketrans({"\a": PARAGRAPH, "\f": PAGE})
_OF_PARAGRAPHS: Final = ORDER[w("pPr")]
_EARLIER: Final = frozenset(tag for tag, at in _OF_PARAGRAPHS.items() if at < _OF_PARAGRAPHS[w("spacing")])
_ORDER: Final = ORDER[w("rPr")]


NO_PARAGRAPHS = rule(
    "T545",
    "no-paragraphs",
    Severity.ERROR,
    "{{{{p … }}}} takes whole paragraphs or a picture, and “{value}” is a text",
    "write {{{{ … }}}}",
)


def in_run(sink: RunSink, room: Room, value: object, needs: Needs) -> str:
    """Write a value that stands in a run; raises ValueError for whole paragraphs and for links to other files."""
    drawn = _drawn(value, room, needs)
    if drawn:
        inner = f"<w:r>{drawn}</w:r>"
    else:
        root = _fragment(value)
        if len(root) == 0:
            return sink.like(sink.look).write(root.text or "")
        inner = "".join(_inline(one, sink) for one in root)
    return f"{CLOSE_TEXT}</w:r>{inner}<w:r>{sink.look}{OPEN_TEXT}"


def in_story(before: str, room: Room, value: object, needs: Needs) -> str:
    """Write a value that is paragraphs and tables; raises ValueError for others, and for links to other files."""
    drawn = _drawn(value, room, needs)
    if drawn:
        return f"<w:p>{before}<w:r>{drawn}</w:r></w:p>"
    if hasattr(value, _SUBDOC):
        from reportgen.word.subdocument import pasted  # noqa: PLC0415 — start-up time: a program must give it first

        return pasted(value, needs)
    return "".join(map(_block, _fragment(value)))


def no_text(before: str, text: str) -> str:
    """Refuse a text where paragraphs are asked for, but for none at all, and for what a draft still lacks."""
    if text and not text.startswith(DUE):
        raise Misuse(NO_PARAGRAPHS, value=text)
    return f"<w:p>{before}<w:r>{OPEN_TEXT}{RunSink('', before).write(text)}{CLOSE_TEXT}</w:r></w:p>" if text else ""


def single_spaced(properties: Element | None) -> str:
    """Write the properties of a paragraph with single spacing: where it is exact, Word shows a strip of a picture."""
    properties = etree.Element(w("pPr"), nsmap={"w": W}) if properties is None else deepcopy(properties)
    spacing = properties.find(w("spacing"))
    if spacing is None:
        spacing = etree.Element(w("spacing"))
        properties.insert(sum(one.tag in _EARLIER for one in properties), spacing)
    spacing.set(w("line"), "240")
    spacing.set(w("lineRule"), "auto")
    return written(properties)


def _drawn(value: Any, room: Room, needs: Needs) -> str:  # noqa: ANN401 — docxtpl ships no types
    """Write the drawing of a picture, of the facts or docxtpl's InlineImage; empty for any other value."""
    address = ""
    if isinstance(value, Picture):
        picture, size = value, fitted(value, room)
    elif hasattr(value, _IMAGE):
        from reportgen.word.subdocument import seen  # noqa: PLC0415 — as above

        picture, asked = seen(value), (value.width, value.height)
        size = fitted(picture, room) if asked == (None, None) else measured(picture, *asked)
        address = needs.address(value.anchor) if value.anchor else ""
    else:
        return ""
    kind = _KINDS[picture.format]
    return drawing(picture, size, needs.number(), needs.picture(picture.data, kind, f"image/{kind}"), address)


def _fragment(value: object) -> Element:
    xml = str(getattr(value, "__html__")()).translate(_BREAKS)  # noqa: B009 — only values that have it come here
    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    root = etree.fromstring(f'<x xmlns:w="{W}" xmlns:r="{R}">{xml}</x>', parser)
    for one in root.iter():
        if any(str(name).startswith(_R) for name in one.attrib):
            raise ValueError(
                "this value refers to a part of another file; for a picture give reportgen.facts.picture(name, data)"
            )
    return root


def _block(element: Element) -> str:
    if element.tag == w("r"):
        raise ValueError("a RichText stands in a paragraph: {{ … }} or {{r … }}")
    if element.tag != w("p"):
        return etree.tostring(element, encoding="unicode", with_tail=False)
    before = written(element.find(w("pPr")))
    sink = RunSink("", before)
    return f"<w:p>{before}{''.join(_inline(one, sink) for one in element if one.tag != w('pPr'))}</w:p>"


def _inline(element: Element, sink: RunSink) -> str:
    if element.tag in (w("p"), w("tbl")):
        raise ValueError("whole paragraphs stand alone: {{p … }}")
    if element.tag != w("r"):
        return etree.tostring(element, encoding="unicode", with_tail=False)
    look = _look(element)
    own = sink.like(look)
    inner = (
        f"{OPEN_TEXT}{own.write(one.text or '')}{CLOSE_TEXT}" if one.tag == w("t") else written(one)
        for one in element
        if one.tag != w("rPr")
    )
    return f"<w:r>{look}{''.join(inner)}</w:r>"


def _look(run: Element) -> str:
    """Write the properties of a run as the standard wants them, Chinese letters in the font of the others."""
    properties = deepcopy(run.find(w("rPr")))
    if properties is None:
        return ""
    properties[:] = sorted(properties, key=lambda one: _ORDER.get(one.tag, len(_ORDER)))
    for font in properties.iter(w("rFonts")):
        font.set(w("eastAsia"), font.get(w("eastAsia"), font.get(w("ascii"), "")))
    for ground in properties.iter(w("shd")):
        ground.set(w("val"), ground.get(w("val"), "clear"))
    return written(properties)
