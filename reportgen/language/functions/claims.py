"""Claims: words that the figures decide, such as 增长, 超额完成, 均 and 首次: none can be printed that is not so.

What a claim prints came from the facts it takes, and stands under the same facts as conditions.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from reportgen import formats
from reportgen.diagnostics import N_, Severity, rule
from reportgen.facts import Gap, Number, Value
from reportgen.language.functions.table import (
    ANY,
    DECIMALS,
    KEY,
    LIST,
    NUMBER,
    OUT_OF_RANGE,
    TEXT,
    TWO,
    Takes,
    calling,
    decimals,
    figure,
    filled,
    filtering,
    gives,
    member,
    takes,
    text,
)
from reportgen.language.operators import truth
from reportgen.language.printing import WRONG_KIND, Absent, Misuse, printed, sample
from reportgen.language.quantities import RATE, joint_unit
from reportgen.language.trace import remember, united
from reportgen.schema import Kind

NO_BASE = rule(
    "T146",
    "no-base-for-claim",
    Severity.ERROR,
    "“{filter}” needs a target above zero, it is “{value}”",
    "say what is to be printed where there is no target: … if … > 0 else …",
)
ROUGH = rule(
    "T154",
    "claim-of-rough-figures",
    Severity.ERROR,
    "“{filter}” needs exact figures, “{value}” is none",
    "give the exact figure in the facts, or say it in words of your own",
)
_TRUTH: Final = takes(N_("是 or 否"), Kind.TRUTH, Kind.TEXT, Kind.CHOICE)
_TRUTHS: Final = replace(LIST, holds=_TRUTH)
_HAPPENED: Final = takes(N_("a number, 是 or 否"))
_UNCHANGED: Final = "持平"
_LEAST: Final = "0.01"
_REACH: Final = formats.MAX_DIGITS // 4  # places of a figure: what is reckoned of two can still be written


def _claimed(words: str, *values: object) -> Value:
    """Let a claim remember its facts twice: it came from them, and they decided its words."""
    origin = united(values)
    return remember(words, origin | origin.as_conditions())


def _exact(name: str, value: object) -> Decimal:
    """Take a number that is not said to be rough: nothing can be claimed of 约60."""
    number = figure(name, value)
    if isinstance(number, Number) and number.about:
        raise Misuse(ROUGH, filter=name, value=sample(number))
    if number and abs(number.adjusted()) >= _REACH:
        raise Misuse(OUT_OF_RANGE, filter=name, value=sample(number))
    return number


@calling(
    "同比",
    "change",
    N_("how a figure of this year stands to that of last year: 增长5.20%, 下降3.10%, 持平"),
    (NUMBER, NUMBER, DECIMALS),
)
def _change(now: object, before: object, places: object = TWO) -> Value:
    this, last = _exact("同比", now), _exact("同比", before)
    digits, unit = decimals("同比", places), joint_unit("同比", this, last)
    if unit == RATE:
        words = _moved(this - last, digits)
    elif last > 0 and this >= 0:
        words = _grown((this - last) / last, digits)
    else:
        words = _stepped(this, last, unit)
    return _claimed(words, now, before)


def _moved(difference: Decimal, digits: int) -> str:
    """Say how a rate moved, in percentage points."""
    if _is_nothing(difference, digits):
        return _UNCHANGED
    return f"{'提高' if difference > 0 else '下降'}{formats.points(abs(difference), digits)}"


def _grown(rate: Decimal, digits: int) -> str:
    """Say how an amount grew or fell."""
    if _is_nothing(rate, digits):
        return _UNCHANGED
    return f"增长{formats.percent(rate, digits)}" if rate > 0 else f"下降{_percent(-rate, digits)}"


def _stepped(this: Decimal, last: Decimal, unit: str) -> str:
    """Say by how much an amount went up or down where a rate would say nothing, or something false."""
    if this == last:
        return _UNCHANGED
    word = "增加" if this > last else "减少"
    return f"{word}{printed(abs(this - last))}{unit}（上年为{printed(last)}{unit if last else ''}）"


def _is_nothing(rate: Decimal, digits: int) -> bool:
    """Tell whether a rate prints as zero."""
    return not Decimal(formats.fixed(rate, digits + 2))


def _percent(rate: Decimal, digits: int) -> str:
    """Write a rate as per cent; one that falls short of the whole does not round up to it."""
    if rate < 1 <= Decimal(formats.fixed(rate, digits + 2)):
        return formats.percent(1 - Decimal(1).scaleb(-digits - 2), digits)
    return formats.percent(rate, digits)


@calling("完成率", "completion", N_("how much of a target is done; 100%, if all of it is"), (NUMBER, NUMBER, DECIMALS))
def _completion(actual: object, target: object, places: object = TWO) -> Value:
    done, wanted = _against("完成率", actual, target)
    return _claimed(_percent(done / wanted, decimals("完成率", places)), actual, target)


@calling("超额", "surplus", N_("how a target was met: 超额完成20万元, 完成, 未完成，尚差3人"), (NUMBER, NUMBER, TEXT))
def _surplus(actual: object, target: object, word: object = "") -> Value:
    done, wanted = _against("超额", actual, target)
    unit = text("超额", word) or joint_unit("超额", done, wanted)
    difference = done - wanted
    if not difference:
        return _claimed("完成", actual, target, word)
    amount = _apart(abs(difference)) if unit == RATE else f"{printed(abs(difference))}{unit}"
    words = f"超额完成{amount}" if difference > 0 else f"未完成，尚差{amount}"
    return _claimed(words, actual, target, word)


def _apart(difference: Decimal) -> str:
    """Write how far two rates lie apart, however little it is."""
    return f"不到{_LEAST}个百分点" if _is_nothing(difference, int(TWO)) else formats.points(difference)


def _against(name: str, actual: object, target: object) -> tuple[Decimal, Decimal]:
    done, wanted = _exact(name, actual), _exact(name, target)
    joint_unit(name, done, wanted)
    if wanted <= 0:
        raise Misuse(NO_BASE, filter=name, value=sample(wanted))
    return done, wanted


@calling(
    "首次",
    "first_time",
    N_("首次 if nothing of the kind was there in earlier years, else 再次; 未 if it is not there now"),
    (ANY, LIST),
)
def _first_time(now: object, earlier: object) -> Value:
    if isinstance(now, Gap):
        raise Absent.of(now)
    before = filled("首次", earlier)
    known = [_happened(one) for one in before]
    words = "未" if not _happened(now) else "再次" if any(known) else "首次"
    return _claimed(words, now, earlier, *before)


def _happened(value: object) -> bool:
    """Tell whether there was anything of a kind: more than zero, or 是; a gap that is to be filled tells nothing."""
    if isinstance(value, Gap) and not (value.reported or value.stand_in):
        return False
    if isinstance(value, Decimal):
        return value != 0
    return _said("首次", value, _HAPPENED)


def _said(name: str, value: object, place: Takes) -> bool:
    if isinstance(value, Gap):
        raise Absent.of(value)
    said = truth(value)
    if said is None:
        raise Misuse(WRONG_KIND, filter=name, wanted=place.wanted, value=sample(value))
    return said


@filtering(
    "均",
    "each",
    N_("均 if something holds for all items, else for how many it holds: 6项中4项; 均未 if for none"),
    (_TRUTHS, KEY, TEXT),
    gives(Kind.TEXT),
)
def _each(value: object, key: object = None, word: object = "项") -> Value:
    return _every("均", value, key, word, "均未")


@filtering(
    "全部",
    "all",
    N_("全部 if something holds for all items, else for how many it holds: 6项中4项; 无一 if for none"),
    (_TRUTHS, KEY, TEXT),
    gives(Kind.TEXT),
)
def _all(value: object, key: object = None, word: object = "项") -> Value:
    return _every("全部", value, key, word, "无一")


def _every(name: str, value: object, key: object, word: object, none: str) -> Value:
    listed, counted = filled(name, value), text(name, word)
    said = [one if key is None else member(name, one, key) for one in listed]
    held = sum(_said(name, one, _TRUTH) for one in said)
    words = name if held == len(said) else f"{len(said)}{counted}中{held}{counted}" if held else none
    return _claimed(words, value, *said, key, word)
