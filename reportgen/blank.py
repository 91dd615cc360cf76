"""A form in, the text of an empty facts file out: every name in order, with a comment that says what to write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from reportgen.schema import NO, YES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.schema import Field

_HEAD: Final = """\
# {title}
#
# 怎样填：
# 1. 填在冒号后面。冒号用半角的“:”，后面留一个空格。“#”后面是说明，可以留着。
# 2. 写着“正文”的可以写成段的文字：冒号后写“|”，从下一行写起，每行前面比名称多空两格。
# 3. “- ”打头的是列表的一项：几项就写几个“- ”，每项都照第一项的样子写；没有的项整项删去。
# 4. 写着“选填”的可以空着。行首带“#”的是选填的列表，要写就先删去每行的这个“#”和它后面的一个空格。
# 5. 数字直接写，例如 2032.55；单位和说明里的不同，就写明单位，例如 55400 元。
# 6. 暂时编造的数注明来源，例如 {{值: 12.00, 来源: 虚构}}；每次生成都会列出来提醒。
# 填好以后运行 reportgen check 加这个文件的名称，缺什么、错什么会逐条说明。

模板包: {name}
"""
_WORDS: Final = {
    Kind.TEXT: "文字",
    Kind.PROSE: "正文",
    Kind.DATE: "日期",
    Kind.TRUTH: f"填“{YES}”或“{NO}”",
    Kind.PICTURE: "图片的文件名，PNG 或 JPEG 格式，放在填报表旁边",
    Kind.OPEN: "名称自定的数据",
}
_EXAMPLES: Final = {Kind.DATE: "2022-06-24", Kind.PICTURE: "照片.jpg"}
_STEP: Final = "  "


def blank(form: Field, name: str, title: str) -> str:
    """Write the empty facts file of a pack."""
    lines = _HEAD.format(name=name, title=_one_line(title)).splitlines()
    for key, field in form.fields.items():
        lines += ["", *_entry(key, field, "")]
    return "".join(f"{line}\n" for line in lines)


def _entry(key: str, field: Field, indent: str) -> Iterator[str]:
    yield f"{indent}{_name(key)}:{_comment(field)}"
    below = list(_below(field, indent + _STEP))
    unwritten = field.kind is Kind.LIST and not field.required
    yield from (_unwritten(line, indent + _STEP) for line in below) if unwritten else below


def _below(field: Field, indent: str) -> Iterator[str]:
    """Write what stands under a name: the members of a group, or one item of a list to copy."""
    for name, member in field.fields.items():
        yield from _entry(name, member, indent)
    if field.item is not None:
        yield from _item(field.item, indent)


def _item(item: Field, indent: str) -> Iterator[str]:
    """Write one item: the first name of a group stands beside the sign of the list, an inner list below it."""
    first, *rest = [*_below(item, indent + _STEP), ""]
    if item.fields:
        yield f"{indent}- {first.lstrip()}"
    else:
        yield f"{indent}-{_comment(item)}"
        yield from [first] if first else []
    yield from rest[:-1]


def _unwritten(line: str, indent: str) -> str:
    """Turn a line into a comment, so that what is optional is not an empty item."""
    return f"{indent}# {line.removeprefix(indent)}"


def _name(key: str) -> str:
    return key if key.isidentifier() else json.dumps(key, ensure_ascii=False)


def _comment(field: Field) -> str:
    example = field.example or _EXAMPLES.get(field.kind, "")
    said = [
        "" if field.required else "选填",
        _kind(field),
        _one_line(field.meaning),
        f"例如 {_one_line(example)}" if example else "",
    ]
    text = "；".join(part for part in said if part)
    return f"  # {text}" if text else ""


def _kind(field: Field) -> str:
    if field.kind is Kind.CHOICE:
        return f"填“{'”“'.join(field.choices)}”之一"
    if field.kind is Kind.NUMBER:
        return _number(field)
    return _WORDS.get(field.kind, "")


def _number(field: Field) -> str:
    word = "整数" if field.decimals == 0 else "数"
    unit = f"，单位{field.unit}" if field.unit else ""
    decimals = f"，最多{field.decimals}位小数" if field.decimals else ""
    return f"{word}{unit}{decimals}"


def _one_line(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines())
