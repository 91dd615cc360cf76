"""How the text of a Word file looks in the end: styles, theme and lists go in, the look of a paragraph or a run out.

What a paragraph or a run says itself comes last, after the defaults of the file, the table's style, its own style with
all that it is based on, and its list; theme fonts are given by their names.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.word.markup import W, local, on, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from reportgen.word.opening import Package, Trees

    Properties = Mapping[str, str]

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SWITCHES: Final = frozenset(("b", "vanish", "snapToGrid", "pageBreakBefore"))
_VALUES: Final = frozenset(("sz", "color", "jc"))
_SCRIPTS: Final = ("ascii", "hAnsi", "eastAsia")
_ENDS: Final = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
_HANS: Final = "Hans"
_TOGGLED: Final = "b"
_DIGITS: Final = 9
_TWIPS: Final = 20
_GRID_AUTO: Final = 240


class Characters(NamedTuple):
    """How a run looks: fonts for Western and for Chinese characters, size in points, extra space between them."""

    latin: str
    chinese: str
    size: Decimal
    bold: bool
    colour: str
    spacing: Decimal
    hidden: bool


class Lines(NamedTuple):
    """The line spacing of a paragraph: in points if `exact` or at least so much, else in lines."""

    height: Decimal
    exact: bool
    least: bool


class Indent(NamedTuple):
    """How far lines stand in: in characters of the size that they have, or else in points."""

    amount: Decimal
    in_characters: bool

    def characters(self, size: Decimal) -> Decimal:
        """Count it in characters of a size."""
        return self.amount if self.in_characters or not size else self.amount / size


class Shape(NamedTuple):
    """How a paragraph looks: alignment, indents, space before and after in points, line spacing.

    `first` is negative where the first line hangs.
    """

    align: str
    first: Indent
    left: Indent
    right: Indent
    before: Decimal
    after: Decimal
    lines: Lines
    on_grid: bool
    new_page: bool


class _Look(NamedTuple):
    """What one level of formatting says, of paragraphs and of runs."""

    paragraph: Properties
    run: Properties

    def under(self, other: _Look) -> _Look:
        """Let another level have the last word."""
        return _Look({**self.paragraph, **other.paragraph}, {**self.run, **other.run})


_NOTHING: Final = _Look({}, {})


class Formatting:
    """The styles, theme and lists of one Word file; each style is read once."""

    def __init__(self, package: Package, trees: Trees) -> None:
        """Find the parts; a file that lacks them is formatted by Word's own defaults."""
        links = package.relationships.get(package.main, ())

        def root(kind: str) -> Element | None:
            return trees.get(next((link.target for link in links if link.kind == kind and not link.external), ""))

        styles = root("styles")
        listed = [] if styles is None else list(styles.iterchildren(w("style")))
        self._styles = {str(one.get(w("styleId"))): one for one in listed}
        self._default = {
            str(one.get(w("type"))): str(one.get(w("styleId"))) for one in listed if on(one, "default", "0")
        }
        self._theme = _theme_fonts(root("theme"), root("settings"))
        self._lists = _list_levels(root("numbering"))
        defaults = None if styles is None else styles.find(w("docDefaults"))
        self._defaults = _NOTHING if defaults is None else self._defaults_of(defaults)
        self._read: dict[str, _Look] = {}

    def shape(self, paragraph: Element, table: str = "") -> Shape:
        """Tell how a paragraph looks; `table` is the id of the style of the table around it."""
        own = paragraph.find(w("pPr"))
        key = self._style_of(own, "pStyle", "paragraph")
        look = self._under(key, table)
        direct = {} if own is None else _paragraph(own)
        listed = self._lists.get((direct.get("numId", ""), direct.get("ilvl", "0")), {})
        said = {**look.paragraph, **listed, **direct}
        rule = said.get("lineRule", "auto")
        line = _whole(said.get("line"), _GRID_AUTO)
        fixed = rule in {"exact", "atLeast"}
        return Shape(
            {"start": "left", "end": "right", "distribute": "both"}.get(said.get("jc", "left"), said.get("jc", "left")),
            _indent(said, "firstLine"),
            _indent(said, "left"),
            _indent(said, "right"),
            _points(said.get("before")),
            _points(said.get("after")),
            Lines(Decimal(line) / (_TWIPS if fixed else _GRID_AUTO), rule == "exact", rule == "atLeast"),
            said.get("snapToGrid", "1") == "1",
            said.get("pageBreakBefore") == "1",
        )

    def characters(self, run: Element, paragraph: Element, table: str = "") -> Characters:
        """Tell how a run of a paragraph looks."""
        key = self._style_of(paragraph.find(w("pPr")), "pStyle", "paragraph")
        look = self._under(key, table)
        own = run.find(w("rPr"))
        direct = {} if own is None else self._run(own)
        named = self._style(self._style_of(own, "rStyle", "character")).run
        said = {**look.run, **named, **direct}
        bold = direct.get(_TOGGLED) or str(int((look.run.get(_TOGGLED) == "1") != (named.get(_TOGGLED) == "1")))
        return Characters(
            said.get("ascii") or said.get("hAnsi", ""),
            said.get("eastAsia", ""),
            _size(said),
            bold == "1",
            "" if said.get("color", "auto") == "auto" else said["color"].upper(),
            _points(said.get("spacing")),
            said.get("vanish") == "1",
        )

    def _style_of(self, own: Element | None, tag: str, kind: str) -> str:
        """Give the id of the style that properties name, or of the default one."""
        named = None if own is None else own.find(w(tag))
        key = "" if named is None else str(named.get(w("val"), ""))
        return key if key in self._styles else self._default.get(kind, "")

    def _under(self, key: str, table: str) -> _Look:
        """Put a paragraph style on top of the file's defaults and of the style of a table."""
        around = self._style(table) if table else _NOTHING
        return self._defaults.under(around).under(self._style(key))

    def _style(self, key: str) -> _Look:
        """Read a style with those that it is based on, once."""
        if key not in self._read:
            look = _NOTHING
            for one in reversed(list(self._chain(key))):
                look = look.under(self._look(one))
            self._read[key] = look
        return self._read[key]

    def _chain(self, key: str) -> Iterator[Element]:
        seen: set[str] = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            yield self._styles[key]
            based = self._styles[key].find(w("basedOn"))
            key = "" if based is None else str(based.get(w("val")))

    def _look(self, element: Element) -> _Look:
        """Read the properties in a style; those of the list that it names stand below its own."""
        own, run = element.find(w("pPr")), element.find(w("rPr"))
        said = {} if own is None else _paragraph(own)
        listed = self._lists.get((said.get("numId", ""), said.get("ilvl", "0")), {})
        return _Look({**listed, **said}, {} if run is None else self._run(run))

    def _defaults_of(self, defaults: Element) -> _Look:
        paragraph, run = (defaults.find(f"{w(f'{of}PrDefault')}/{w(f'{of}Pr')}") for of in "pr")
        return _Look({} if paragraph is None else _paragraph(paragraph), {} if run is None else self._run(run))

    def _run(self, own: Element) -> dict[str, str]:
        said = _simple(own)
        spacing, fonts = own.find(w("spacing")), own.find(w("rFonts"))
        if spacing is not None:
            said["spacing"] = str(spacing.get(w("val"), ""))
        return said if fonts is None else {**said, **self._fonts(fonts)}

    def _fonts(self, fonts: Element) -> dict[str, str]:
        """Read the fonts that are chosen for each script; one of the theme goes before one by name."""
        said = {script: fonts.get(w(script)) for script in _SCRIPTS}
        themes = {script: fonts.get(w(f"{script}Theme")) for script in _SCRIPTS}
        said |= {script: self._theme.get(str(theme), "") for script, theme in themes.items() if theme}
        return {script: str(font).removeprefix("@") for script, font in said.items() if font is not None}


def _simple(own: Element) -> dict[str, str]:
    """Read what is said by one value, and what is on or off."""
    said: dict[str, str] = {}
    for one in own.iterchildren(f"{{{W}}}*"):
        name, value = local(one), one.get(w("val"))
        if name in _SWITCHES:
            said[name] = str(int(on(one)))
        elif name in _VALUES and value is not None:
            said[name] = str(value)
    return said


def _paragraph(own: Element) -> dict[str, str]:
    said = _simple(own)
    spacing, indent, listed = own.find(w("spacing")), own.find(w("ind")), own.find(w("numPr"))
    for one in (spacing, indent):
        for name, value in () if one is None else one.items():
            bare = str(name).rpartition("}")[2]
            said[_ENDS.get(bare, bare)] = str(value)
    for unit in ("", "Chars"):
        if (hanging := said.pop(f"hanging{unit}", "0")) != "0":
            said[f"firstLine{unit}"] = f"-{hanging}"
    for name in ("numId", "ilvl"):
        one = None if listed is None else listed.find(w(name))
        if one is not None:
            said[name] = str(one.get(w("val"), "0"))
    return said


def _list_levels(numbering: Element | None) -> dict[tuple[str, str], Properties]:
    """Read the indents of every level of every list, by the list's number and the level."""
    if numbering is None:
        return {}
    kinds = {
        str(kind.get(w("abstractNumId"))): {str(one.get(w("ilvl"))): one.find(w("pPr")) for one in kind.iter(w("lvl"))}
        for kind in numbering.iterchildren(w("abstractNum"))
    }
    levels: dict[tuple[str, str], Properties] = {}
    for one in numbering.iterchildren(w("num")):
        kind = one.find(w("abstractNumId"))
        for level, own in kinds.get("" if kind is None else str(kind.get(w("val"))), {}).items():
            levels[str(one.get(w("numId"))), level] = {} if own is None else _paragraph(own)
    return levels


def _theme_fonts(theme: Element | None, settings: Element | None) -> dict[str, str]:
    """Give the fonts of a theme by the names that styles call them; where none is chosen, that for Chinese."""
    chosen = None if settings is None else settings.find(w("themeFontLang"))
    is_chinese = chosen is not None and str(chosen.get(w("eastAsia"), "")).startswith("zh")
    found: dict[str, str] = {}
    for kind in ("major", "minor"):
        own = None if theme is None else next(theme.iter(f"{_A}{kind}Font"), None)
        if own is None:
            continue
        latin, chinese = (own.find(f"{_A}{script}") for script in ("latin", "ea"))
        named = "" if chinese is None else str(chinese.get("typeface", ""))
        hans = (str(one.get("typeface", "")) for one in own.iterchildren(f"{_A}font") if one.get("script") == _HANS)
        found[f"{kind}EastAsia"] = named or (next(hans, "") if is_chinese else "")
        western = "" if latin is None else str(latin.get("typeface", ""))
        found |= {f"{kind}{script}": western for script in ("Ascii", "HAnsi")}
    return found


def _indent(said: Properties, name: str) -> Indent:
    """Give an indent: one in characters goes before one in twips, unless it is zero."""
    characters = _whole(said.get(f"{name}Chars"), 0)
    amount = Decimal(characters) / 100 if characters else _points(said.get(name))
    return Indent(amount, in_characters=bool(characters))


def _size(said: Properties) -> Decimal:
    """Give a size in points; Word's own is 10."""
    return Decimal(_whole(said.get("sz"), _TWIPS)) / 2


def _points(twips: str | None) -> Decimal:
    return Decimal(_whole(twips, 0)) / _TWIPS


def _whole(said: str | None, otherwise: int) -> int:
    """Read a whole number that may have a sign; what is none counts as what Word takes instead."""
    digits = (said or "").removeprefix("-")
    if not digits.isdecimal() or len(digits) > _DIGITS:
        return otherwise
    return -int(digits) if (said or "").startswith("-") else int(digits)
