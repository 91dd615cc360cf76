"""A form in, the text of an empty facts file out: every name in order, with a comment that says what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.schema import NO, YES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.schema import Field

_HEAD: Final = """\
# {title}
# 把每个冒号后面的内容填上，冒号后留一个空格；“#”后面是说明，可以留着。
# 列表每项前面有“- ”，照样子再加几项。不需要的选填项整行删去。
# 数字直接写，例如 2032.55；换了单位要写明，例如 55400 元。
模板包: {name}
"""
_WORDS: Final = {
    Kind.TEXT: "文字",
    Kind.PROSE: "文字，可分段，可引用数据",
    Kind.NUMBER: "数",
    Kind.DATE: "日期，例如 2022-06-24",
    Kind.TRUTH: f"填“{YES}”或“{NO}”",
    Kind.OPEN: "名称自定的数据",
}


def blank(form: Field, name: str, title: str) -> str:
    """Write the empty facts file of a pack."""
    lines = _HEAD.format(name=name, title=title).splitlines()
    for key, field in form.fields.items():
        lines.append("")
        lines += _entry(key, field, "")
    return "".join(f"{line}\n" for line in lines)


def _entry(key: str, field: Field, indent: str) -> Iterator[str]:
    yield f"{indent}{key}:{_comment(field)}"
    inner = f"{indent}  "
    for name, member in field.fields.items():
        yield from _entry(name, member, inner)
    if field.item is not None:
        yield from _item(field.item, inner)


def _item(item: Field, indent: str) -> Iterator[str]:
    """Write one item to copy: its first line carries the sign of the list."""
    if not item.fields:
        yield f"{indent}-{_comment(item)}"
        return
    lines = [line for name, member in item.fields.items() for line in _entry(name, member, f"{indent}  ")]
    yield f"{indent}- {lines[0].lstrip()}"
    yield from lines[1:]


def _comment(field: Field) -> str:
    said = [_kind(field), "" if field.required else "选填", field.meaning]
    if field.example:
        said.append(f"例：{field.example}")
    text = "；".join(part for part in said if part)
    return f"  # {text}" if text else ""


def _kind(field: Field) -> str:
    if field.kind is Kind.CHOICE:
        return f"填“{'”“'.join(field.choices)}”之一"
    if field.kind is Kind.NUMBER and field.unit:
        return f"数，单位{field.unit}"
    return _WORDS.get(field.kind, "")
