"""The number formats of Word's lists and notes: the name of one and a count go in, the numeral that is shown comes out.

A format that is not known, or has no sign for so high a count, is written in figures, as Word does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.formats import chinese

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST: Final = 32_767
"""The highest count that Word shows."""

_LETTERS, _REPEATED = 26, 780
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_PLAIN: Final = "一二三四五六七八九十百千零"
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGITS: Final = str.maketrans("0123456789", "〇一二三四五六七八九")
_NOTES: Final = "*†‡§"


def numeral(kind: str, count: int) -> str:
    """Write a count in a number format of Word, such as `chineseCounting` or `upperRoman`."""
    if not 0 <= count <= MOST:
        return str(count)
    written = _FORMATS.get(kind)
    return str(count) if written is None else written(count)


def _chinese(count: int) -> str:
    """Write 一, 十, 二十一, and from 100 on digit after digit."""
    return chinese(count).replace("零", "○") if count < 100 else _by_digit(count)  # noqa: PLR2004 — 一百 is another format


def _by_digit(count: int) -> str:
    return str(count).translate(_DIGITS)


def _legal(signs: str) -> Callable[[int], str]:
    """Write a count in capitals, where ten is 壹拾."""
    table = str.maketrans(_PLAIN + "万", signs + ("萬" if signs.startswith("壹貳") else "万"))
    return lambda count: f"{'一' if 10 <= count < 20 else ''}{chinese(count)}".translate(table)  # noqa: PLR2004 — the teens


def _japanese(count: int) -> str:
    """Write 百 and 千 without 一 before and 零 behind."""
    text = chinese(count).replace("零", "") if count else "〇"
    return text if count >= 10_000 else text.replace("一百", "百").replace("一千", "千").replace("一十", "十")  # noqa: PLR2004 — 一万


def _letter(count: int) -> str:
    """Write a, z, aa, bb."""
    round_, letter = divmod((count - 1) % _REPEATED, _LETTERS)
    return chr(ord("a") + letter) * (round_ + 1) if count else ""


def _roman(count: int) -> str:
    parts: list[str] = []
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        parts.append(sign * times)
    return "".join(parts)


def _signs(first: str, last: str) -> Callable[[int], str]:
    """Take the signs from one to another of Unicode, and figures where they end."""
    most = ord(last) - ord(first) + 1
    return lambda count: chr(ord(first) + count - 1) if 1 <= count <= most else str(count)


def _cycle(*signs: str) -> Callable[[int], str]:
    """Take the signs one after the other, and figures where they end."""
    return lambda count: signs[count - 1] if 1 <= count <= len(signs) else str(count)


def _ordinal(count: int) -> str:
    teen = 10 < count % 100 < 14  # noqa: PLR2004 — 11th to 13th
    return f"{count}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


_circled: Final = _signs("①", "⑳")
_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _signs("⒈", "⒛"),
    "decimalEnclosedParen": _signs("⑴", "⒇"),
    "ideographEnclosedCircle": _signs("㊀", "㊉"),
    "numberInDash": "- {} -".format,
    "chineseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "chineseLegalSimplified": _legal("壹贰叁肆伍陆柒捌玖拾佰仟零"),
    "ideographLegalTraditional": _legal("壹貳參肆伍陸柒捌玖拾佰仟零"),
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": lambda count: _by_digit(count).replace("〇", "○"),
    "japaneseCounting": _japanese,
    "ideographTraditional": _cycle(*_STEMS),
    "ideographZodiac": _cycle(*_BRANCHES),
    "ideographZodiacTraditional": _cycle(*(f"{_STEMS[at % 10]}{_BRANCHES[at % 12]}" for at in range(60))),
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerLetter": _letter,
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerRoman": _roman,
    "ordinal": _ordinal,
    "chicago": lambda count: _NOTES[(count - 1) % 4] * ((count - 1) // 4 + 1) if 0 < count <= _REPEATED else str(count),
}
