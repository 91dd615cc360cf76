"""Lists as Word files hold them: for each a definition and paragraphs, and the numerals that Word shows in front."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests.word_files import WML, docx, part, run

if TYPE_CHECKING:
    from collections.abc import Mapping


class Case(NamedTuple):
    """One construction: what stands in the parts of numbering and styles, the paragraphs, the numerals expected.

    An `@` before a digit makes an id the case's own.
    """

    numbering: str
    paragraphs: tuple[str, ...]
    numerals: tuple[str, ...]
    styles: str = ""


def level(at: int, kind: str, text: str, more: str = "", start: int = 1) -> str:
    """Write a level of a list."""
    shown = f'<w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/>{shown}</w:lvl>'


def definition(*levels: str, key: str = "@0", more: str = "") -> str:
    """Write the definition of a list."""
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{"".join(levels)}</w:abstractNum>'


def listing(key: str = "@1", of: str = "@0", more: str = "") -> str:
    """Write a list of a definition."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def restart(at: int, start: int, more: str = "") -> str:
    """Write that a list starts a level by itself."""
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/>{more}</w:lvlOverride>'


def item(at: int = 0, key: str = "@1", style: str = "", text: str = "项") -> str:
    """Write a paragraph of a list."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    number = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{key}"/></w:numPr>' if key else ""
    return f"<w:p><w:pPr>{named}{number}</w:pPr>{run(text)}</w:p>"


def style(key: str, properties: str, base: str = "", kind: str = "paragraph") -> str:
    """Write a style."""
    named = f'<w:basedOn w:val="{base}"/>' if base else ""
    head = f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{key}"><w:name w:val="{key}"/>'
    return f"{head}{named}<w:pPr>{properties}</w:pPr></w:style>"


def numbered(key: str = "@1", at: int | None = None) -> str:
    """Write the numbering of a style."""
    depth = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    named = f'<w:numId w:val="{key}"/>' if key else ""
    return f"<w:numPr>{depth}{named}</w:numPr>"


def _counted(kind: str, text: str, *numerals: str, start: int = 1) -> Case:
    """Make a list of one level and one format."""
    return Case(definition(level(0, kind, text, start=start)) + listing(), (item(),) * len(numerals), numerals)


_OFFICIAL = (
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
    level(4, "decimalEnclosedCircleChinese", "%5"),
)
_CHAPTERS = (
    level(0, "chineseCountingThousand", "第%1章", '<w:pStyle w:val="标题@1"/>'),
    level(1, "decimal", "%1.%2", '<w:pStyle w:val="标题@2"/><w:isLgl/>'),
    level(2, "decimal", "%1.%2.%3", '<w:pStyle w:val="标题@3"/><w:isLgl/>'),
)
_CHAPTER_STYLES = (
    style("标题@1", numbered()) + style("标题@2", numbered("", 1), "标题@1") + style("标题@3", numbered("@1", 2))
)
_TWO = (
    definition(level(0, "decimal", "%1."))
    + definition(level(0, "lowerLetter", "%1)"), key="@2")
    + listing()
    + listing("@3", "@2")
)
_THREE = (level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%3)"))


def _levels(*depths: int, key: str = "@1") -> tuple[str, ...]:
    return tuple(item(at, key) for at in depths)


CASES: Mapping[str, Case] = {
    "official": Case(
        definition(*_OFFICIAL) + listing(),
        _levels(0, 1, 1, 2, 3, 4, 4, 3, 4, 2, 1, 2, 0, 1),
        ("一、", "（一）", "（二）", "1.", "（1）", "①", "②", "（2）", "①", "2.", "（三）", "1.", "二、", "（一）"),
    ),
    "chapters by style": Case(
        definition(*_CHAPTERS) + listing(),
        tuple(item(key="", style=f"标题@{at}") for at in (1, 2, 2, 3, 1, 2, 3)),
        ("第一章", "1.1", "1.2", "1.2.1", "第二章", "2.1", "2.1.1"),
        _CHAPTER_STYLES,
    ),
    "legal numbers": Case(
        definition(level(0, "upperRoman", "Article %1"), level(1, "decimalZero", "%1.%2", "<w:isLgl/>")) + listing(),
        _levels(0, 1),
        ("Article I", "1.01"),
    ),
    "a style on the level that names it": Case(
        definition(*_CHAPTERS[:2]) + listing(),
        (item(key="", style="标题@1"), item(key="", style="标题@2")),
        ("第一章", "1.1"),
        style("标题@1", numbered()) + style("标题@2", numbered()),
    ),
    "a style based on a numbered one": Case(
        definition(level(0, "decimal", "第%1条")) + listing(),
        (item(key="", style="条@"), item(key="", style="款@"), item(key="0", style="款@"), item(key="", style="款@")),
        ("第1条", "第2条", "", "第3条"),
        style("条@", numbered()) + style("款@", "", "条@"),
    ),
    "a style without numbers": Case(
        definition(level(0, "decimal", "%1.")) + listing(),
        (item(key="", style="有@"), item(key="", style="无@"), item(key="", style="有@")),
        ("1.", "", "2."),
        style("有@", numbered()) + style("无@", numbered("0"), "有@"),
    ),
    "another list for one paragraph of a style": Case(
        _TWO,
        (item(key="", style="列@"), item(0, "@3", "列@"), item(key="", style="列@")),
        ("1.", "a)", "2."),
        style("列@", numbered()),
    ),
    "restarted": Case(
        definition(level(0, "decimal", "%1.")) + listing() + listing("@2", more=restart(0, 1)),
        (*_levels(0, 0), *_levels(0, 0, key="@2"), *_levels(0)),
        ("1.", "2.", "1.", "2.", "3."),
    ),
    "restarted elsewhere": Case(
        definition(level(0, "decimal", "%1.")) + listing(more=restart(0, 7)),
        _levels(0, 0),
        ("7.", "8."),
    ),
    "restarted above": Case(definition(*_THREE) + listing(more=restart(0, 3)), _levels(1, 0), ("3.1", "4")),
    "one definition, two lists": Case(
        definition(level(0, "decimal", "%1.")) + listing() + listing("@2"),
        (*_levels(0, 0), *_levels(0, key="@2"), *_levels(0)),
        ("1.", "2.", "3.", "4."),
    ),
    "two definitions": Case(
        _TWO,
        (*_levels(0, 0), *_levels(0, key="@3"), *_levels(0)),
        ("1.", "2.", "a)", "3."),
    ),
    "never started anew": Case(
        definition(level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')) + listing(),
        _levels(0, 1, 1, 0, 1),
        ("1.", "(1)", "(2)", "2.", "(3)"),
    ),
    "started anew by the first level only": Case(
        definition(*_THREE[:2], level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>')) + listing(),
        _levels(0, 1, 2, 2, 1, 2, 0, 1, 2),
        ("1", "1.1", "1)", "2)", "1.2", "3)", "2", "2.1", "1)"),
    ),
    "another level in one list": Case(
        definition(*_THREE)
        + listing()
        + listing("@2", more=f'<w:lvlOverride w:ilvl="1">{level(1, "upperRoman", "%1-%2")}</w:lvlOverride>'),
        (*_levels(0, 1), *_levels(1, 1, key="@2")),
        ("1", "1.1", "1-II", "1-III"),
    ),
    "by a style of lists": Case(
        definition(key="@5", more='<w:numStyleLink w:val="表@"/>')
        + definition(level(0, "chineseCounting", "%1、"), more='<w:styleLink w:val="表@"/>')
        + listing()
        + listing("@6", "@5"),
        (*_levels(0, key="@6"), *_levels(0, key="@1"), *_levels(0, key="@6")),
        ("一、", "二、", "三、"),
        style("表@", numbered(), kind="numbering"),
    ),
    "a level that starts at three": _counted("decimal", "第%1项", "第3项", "第4项", start=3),
    "a level that starts at zero": _counted("decimal", "%1", "0", "1", start=0),
    "a second level first": Case(definition(*_THREE) + listing(), _levels(1, 1, 0, 1), ("1.1", "1.2", "2", "2.1")),
    "a level left out": Case(definition(*_THREE) + listing(), _levels(0, 2, 2, 1), ("1", "a)", "b)", "1.2")),
    "an empty paragraph counts": Case(
        definition(level(0, "decimal", "%1.")) + listing(), (item(), item(text=""), item()), ("1.", "2.", "3.")
    ),
    "bullets": Case(
        definition(level(0, "bullet", "•"), level(1, "bullet", "–")) + listing(), _levels(0, 1, 0), ("•", "–", "•")
    ),
    "no number": Case(
        definition(level(0, "none", ""), level(1, "none", "附：")) + listing(), _levels(0, 1), ("", "附：")
    ),
    "other text between": Case(
        definition(level(0, "decimal", "%1、")) + listing(), (item(), item(key=""), item()), ("1、", "", "2、")
    ),
    "an unknown list": Case("", (item(key="@9"),), ("",)),
    "decimalZero": _counted("decimalZero", "%1", "09", "10", start=9),
    "decimalFullWidth": _counted("decimalFullWidth", "%1", "９", "１０", start=9),
    "decimalEnclosedCircle": _counted("decimalEnclosedCircle", "%1", "①", "②"),
    "twenty in circles": _counted("decimalEnclosedCircleChinese", "%1", "⑳", "21", start=20),
    "decimalEnclosedFullstop": _counted("decimalEnclosedFullstop", "%1", "⒈", "⒉"),
    "decimalEnclosedParen": _counted("decimalEnclosedParen", "%1", "⑴", "⑵"),
    "chineseCounting": _counted("chineseCounting", "%1", "九", "十", "十一", "十二", start=9),
    "chineseCounting, twenty": _counted("chineseCounting", "%1", "二十", "二十一", start=20),
    "chineseCountingThousand": _counted("chineseCountingThousand", "%1", "十", "十一", start=10),
    "a hundred": _counted("chineseCountingThousand", "%1", "九十九", "一百", "一百零一", start=99),
    "chineseLegalSimplified": _counted("chineseLegalSimplified", "%1", "玖", "壹拾", "壹拾壹", start=9),
    "ideographDigital": _counted("ideographDigital", "%1", "九", "一〇", "一一", start=9),
    "japaneseCounting": _counted("japaneseCounting", "%1", "九", "十", "十一", start=9),
    "taiwaneseCounting": _counted("taiwaneseCounting", "%1", "九", "十", "十一", start=9),
    "taiwaneseCountingThousand": _counted("taiwaneseCountingThousand", "%1", "九", "十", "十一", start=9),
    "ideographLegalTraditional": _counted("ideographLegalTraditional", "%1", "壹", "貳", "參"),
    "ideographTraditional": _counted("ideographTraditional", "%1", "甲", "乙", "丙"),
    "ideographZodiac": _counted("ideographZodiac", "%1", "子", "丑", "寅"),
    "upperLetter": _counted("upperLetter", "%1", "Z", "AA", "BB", start=26),
    "lowerLetter": _counted("lowerLetter", "(%1)", "(z)", "(aa)", "(bb)", start=26),
    "upperRoman": _counted("upperRoman", "%1", "III", "IV", start=3),
    "lowerRoman": _counted("lowerRoman", "%1", "viii", "ix", "x", start=8),
}


def document() -> bytes:
    """Write all of them into one document, each under a paragraph `#`."""
    numbering, styles, body = [], [], []
    for at, (name, one) in enumerate(CASES.items(), 1):
        numbering += [one.numbering.replace("@", str(at))]
        styles += [one.styles.replace("@", str(at))]
        body += [f"<w:p>{run(f'# {name}')}</w:p>", *(text.replace("@", str(at)) for text in one.paragraphs)]
    parts = re.findall(r"<w:abstractNum .*?</w:abstractNum>|<w:num .*?</w:num>", "".join(numbering))
    return listed("".join(body), "".join(sorted(parts, key=lambda one: one.startswith("<w:num "))), "".join(styles))


def listed(body: str, numbering: str, styles: str = "") -> bytes:
    """Write a document with lists."""
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    return docx(
        body,
        links=[("rId90", "numbering", "numbering.xml")],
        types={"word/numbering.xml": f"{WML}.numbering+xml"},
        replace={
            "word/numbering.xml": part("numbering", numbering),
            "word/styles.xml": part("styles", normal + styles),
        },
    )
