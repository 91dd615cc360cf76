"""What is said in the text in; the indicators with their groups out, as the headings set them out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from reportgen.report.scores.drafts import ASIDE, CONCLUSION, single
from reportgen.report.scores.marks import Kind
from reportgen.report.scores.model import Indicator, Sheet, key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from reportgen.report.model import Section
    from reportgen.report.scores.drafts import Draft
    from reportgen.report.scores.model import Figure, Statement

_POINTS: Final = re.compile(
    r"\s*[（(][^（）()]*\d[^（）()]*[)）]|[，,：:].*|\s*(?:满分|分值|权重|得分?)?\s*\d+(?:\.\d+)?分.*|得满分.*|不计分.*"
)
_BEHIND: Final = re.compile("(?<=..)(?:指标|情况|分析|方面|部分|类|自评|评价){1,4}$")
_FEW: Final = 3  # fewer indicators in running text are a mention


def name_of(section: Section) -> str:
    """Give the words of a heading without points."""
    title = _POINTS.sub("", section.title).strip(" \u3000。、“”")
    return single(title.removesuffix("指标") or title)


def names_of(sections: Iterable[Section]) -> dict[str, Section]:
    """Give the sections by the keys of their names, those of problems and of a name used twice left out."""
    found: dict[str, Section | None] = {}
    for section in sections:
        if section.heading and not _is_aside(section):
            name = key(name_of(section))
            found[name] = None if name in found else section
    return {name: one for name, one in found.items() if name and one}


class Prose:
    """Finds out which drafts are of which section."""

    def __init__(self, sections: Sequence[Section], drafts: Sequence[Draft], listed: Collection[str]) -> None:
        """Take all sections, what is said in points in them, and the keys of the indicators in tables."""
        self._sections = sections
        self._names = names_of(sections)
        self._short = _shortened(self._names)
        self._own: dict[int, list[Statement]] = {}
        self._inline: dict[int, dict[str, list[tuple[Draft, Statement]]]] = {}
        self._bare: list[Draft] = []
        self.loose: list[tuple[str, Statement]] = []
        self._listed = listed
        self._dropped: list[tuple[Section, Statement]] = []
        self._place(drafts)
        self._take_first()
        self._tell()

    def _place(self, drafts: Sequence[Draft]) -> None:
        """Give each draft to a section, or keep it with its own words."""
        own = {id(one.section) for one in drafts if not one.has(Kind.BARE) and _is_own(one)}
        for draft in drafts:
            section = self._section(draft, own)
            if draft.has(Kind.BARE) and (section is None or draft.generic):
                self._bare.append(draft)
                continue
            statement = draft.statement()
            if section:
                self._own.setdefault(id(section), []).append(statement)
            else:
                self._inline.setdefault(id(draft.section), {}).setdefault(draft.key, []).append((draft, statement))

    def _section(self, draft: Draft, own: set[int]) -> Section | None:
        """Give the section that a draft is about."""
        if _is_own(draft):
            return draft.section
        name = key(name_of(draft.section)) if draft.generic else draft.key
        named = self._names.get(name) or (None if name in self._listed else self._short.get(_short(name)))
        if named is None or draft.section.heading is None or id(draft.section) in own:
            return named
        same = named.heading is not None and named.heading.level == draft.section.heading.level
        wrong = draft.first and same and id(named) in own and not _is_conclusion(draft.section)
        return draft.section if wrong else named

    def _take_first(self) -> None:
        """Take points that stand alone below a heading, said of other words, as those of the heading."""
        alone = {id(one): found for one in self._sections for found in [self._alone(one)] if found}
        held = [one for one in self._sections if id(one) in alone or _has_points(self._own.get(id(one), ()))]
        near = Counter(id(one.parent) for one in held)
        for section in self._sections:
            if id(section) in alone and near[id(section.parent)] > 1:
                name, said = alone[id(section)]
                self._own.setdefault(id(section), []).append(said)
                self._inline[id(section)].pop(name)

    def _alone(self, section: Section) -> tuple[str, Statement] | None:
        """Give the only points in a section below a heading, where they stand right below it."""
        pointed = self._pointed(section)
        own = self._own.get(id(section), ())
        if len(pointed) != 1 or not (section.parent and section.parent.heading) or any(one.score for one in own):
            return None
        draft, said = self._inline[id(section)][pointed[0]][0]
        kept = draft.first and pointed[0] not in self._listed and not _is_conclusion(section)
        return (pointed[0], said) if kept else None

    def _pointed(self, section: Section) -> list[str]:
        """Give the words of which a section gives points."""
        named = self._inline.get(id(section), {})
        return [name for name, found in named.items() if _has_points(said for _, said in found)]

    def _tell(self) -> None:
        """Tell which sections have indicators in their text, one behind the other, and which only speak of some."""
        hosts = {id(one) for one in self._sections if self._holds(one) and not _is_conclusion(one)}
        scored = [one for one in self._sections if _has_points(self._own.get(id(one), ()))]
        if not hosts and not scored:
            hosts = {id(one) for one in self._sections if self._is_list(one)}
        direct = {id(one.parent) for one in scored}
        around = {id(one.parent) for one in self._sections if id(one) in hosts}
        around |= {id(above) for one in scored for above in _chain(one)[1:3]}
        for section in self._sections:
            beside = section.parent and section.parent.heading and id(section.parent) in around
            below = (beside or id(section) in direct) and not _is_conclusion(section)
            given = any(one.score or one.full for one in self._own.get(id(section), ()))
            if id(section) not in hosts and not (below and self._pointed(section) and not given):
                named = self._inline.pop(id(section), {})
                self.loose += [(name, said) for name, found in named.items() for _, said in found]
                self._dropped += [(section, said) for found in named.values() for _, said in found]

    def _holds(self, section: Section) -> bool:
        """Tell whether a section has indicators in its text: several, or such as have its own full mark together."""
        own = self._own.get(id(section), ())
        named = self._inline.get(id(section), {})
        apart = [name for name in self._pointed(section) if name not in self._listed]
        weights = [said.weight.value for name in apart for _, said in named[name][:1] if said.weight]
        whole = any(one.weight and one.weight.value == sum(weights) for one in own)
        given = any(one.score or one.full for one in own)
        return (whole and len(weights) > 1) or len(weights if given else apart) >= _FEW

    def _is_list(self, section: Section) -> bool:
        """Tell whether a conclusion lists indicators with their full marks and scores."""
        named = self._inline.get(id(section), {})
        both = [name for name, found in named.items() if any(said.score and said.weight for _, said in found)]
        return len(both) >= _FEW and not set(both) & set(self._listed) and not _is_aside(section)

    def _leaves(self) -> list[Section]:
        """Give the sections with points of their own, none of which has another in it."""
        scored = [one for one in self._sections if self._scored(one)]
        around = {id(above) for one in scored for above in _chain(one)[1:]}
        return [one for one in scored if id(one) not in around]

    def _scored(self, section: Section) -> bool:
        return bool(self._inline.get(id(section))) or _has_points(self._own.get(id(section), ()))

    @property
    def unread(self) -> tuple[Figure, ...]:
        """Give points in sections of indicators of which nothing tells what they are."""
        indicators = self.sheet().indicators
        held = {id(one.section) for one in indicators}
        within = {id(one.section) for one in indicators if one.score is None}
        places = [number for number, one in enumerate(self._sections) if id(one) in held]
        among = self._sections[places[0] : places[-1]] if places else ()
        within |= {id(one) for one in among if id(one) not in held and not _is_conclusion(one)}
        figures = [one.figure(Kind.BARE) for one in self._bare if id(one.section) in within]
        figures += [said.score or said.weight for section, said in self._dropped if id(section) in within]
        return tuple(one for one in figures if one)

    def sheet(self) -> Sheet:
        """Make the indicators that the headings set out, and those in running text below them."""
        leaves = self._leaves()
        found = self._of_headings(leaves) if leaves else []
        scored = any(said.score or said.full for one in found for said in one.statements)
        return Sheet(None, tuple(found), scored=scored)

    def _of_headings(self, leaves: Sequence[Section]) -> list[Indicator]:
        root = _common([_chain(one)[id(one) in self._own :] for one in leaves])
        while root.parent and _has_points(self._own.get(id(root), ())):
            root = root.parent
        outside = {id(one) for one in _chain(root)}
        levels = Counter(_level(one) for one in leaves if id(one) in self._own)
        level = levels.most_common(1)[0][0] if levels else 0
        wanted = {id(one) for leaf in leaves for one in _chain(leaf)} - outside
        within = wanted | {id(root)}
        expected = [one for one in self._sections if _level(one) == level and _expected(one, wanted, within)]
        wanted |= {id(one) for leaf in expected for one in _chain(leaf)} - outside
        made: list[Indicator] = []
        known: dict[int, Indicator] = {}
        for section in self._sections:
            parent = known.get(id(section.parent))
            if id(section) in wanted:
                own = tuple(self._own.get(id(section), ()))
                known[id(section)] = Indicator(name_of(section), _below(parent), parent, own, section)
                made.append(known[id(section)])
            made += self._in_text(section, known.get(id(section)))
        return made

    def _in_text(self, section: Section, parent: Indicator | None) -> Iterator[Indicator]:
        for found in self._inline.get(id(section), {}).values():
            name = single(found[0][0].subject.text)
            yield Indicator(name, _below(parent), parent, tuple(said for _, said in found))


def _is_aside(section: Section) -> bool:
    return any(ASIDE.search(one) for one in section.path)


def _is_conclusion(section: Section) -> bool:
    return _is_aside(section) or CONCLUSION.search(section.title) is not None


def _short(name: str) -> str:
    """Give the words of a name without those that stand behind any: 投入 for 投入情况分析."""
    found = _BEHIND.search(name)
    return name[: found.start()] if found else name


def _shortened(names: Mapping[str, Section]) -> dict[str, Section]:
    """Give the sections by their shortened names, where only one has it."""
    counts = Counter(map(_short, names))
    return {_short(name): one for name, one in names.items() if counts[_short(name)] == 1}


def _is_own(draft: Draft) -> bool:
    if draft.section.heading is None or _is_aside(draft.section):
        return False
    return draft.generic or draft.key == key(name_of(draft.section))


def _expected(section: Section, wanted: set[int], within: set[int]) -> bool:
    """Tell whether a heading stands where indicators do, though it has no points."""
    above = section.parent
    return above is not None and (id(above) in within or id(above.parent) in wanted) and not _is_conclusion(section)


def _has_points(said: Iterable[Statement]) -> bool:
    return any(one.score or one.weight or one.full for one in said)


def _below(parent: Indicator | None) -> int:
    return parent.level + 1 if parent else 1


def _level(section: Section) -> int:
    return section.heading.level if section.heading else 0


def _chain(section: Section) -> list[Section]:
    """Give a section and all around it, innermost first."""
    found = [section]
    while found[-1].parent:
        found.append(found[-1].parent)
    return found


def _common(chains: Sequence[Sequence[Section]]) -> Section:
    """Give the innermost section of all chains."""
    shared = set.intersection(*({id(one) for one in chain} for chain in chains))
    return next(one for one in chains[0] if id(one) in shared)
