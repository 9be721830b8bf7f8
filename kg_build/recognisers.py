"""Names in a text: what the schemes list, the short forms beside 中, and open-ended names by spaCy.

In: a string and the vocabulary. Out: sorted spans whose label is the scheme and whose concept is an
IRI. Listed names are found by Aho-Corasick, one automaton a scheme, so that schemes do not hide each
other. spaCy is imported here only, and only when a name is left that no list knows; its objects
never leave this module. What a name means for a direction is decided by the readers.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg_build.spans import Recogniser, Span, SpanIndex, index_spans
from ontology.errors import RuleError
from ontology.vocabulary import Concept, Vocabulary

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["OPEN_LABELS", "PATTERNS", "SHORT_FORMS", "find_names", "index_names", "load_pipeline"]

PATTERNS = Path(__file__).parent / "rulebook" / "names.jsonl"
"""Token patterns (one token a character) for spaCy's EntityRuler, one JSON object a line."""

SHORT_FORMS = "partners-short"
"""The label of a short form: one span for each country that it can mean, to be settled by context."""

OPEN_LABELS = {"organisation": "organisation", "instrument": "instrument", "person": "person"} | {
    "ORG": "organisation",
    "LAW": "instrument",
    "PERSON": "person",
    "PER": "person",
}
"""What entity labels, ours and those of trained pipelines, are called here; others are dropped."""

_SCHEMES = ("partners", "agencies", "fields")
_ASKED_SELDOM = ("fields",)
"""Schemes of which few names are asked for."""
_STOP = "。"
"""The end of a sentence: what no label reaches over, so that one sentence can be searched without the others."""
_FEW = 2000
"""Labels up to which the automaton is unrolled: twice as fast, for 10 ms once in a process."""
_LATIN = re.compile("[A-Za-z0-9]")
_BESIDE = re.compile(r"[A-Za-z0-9_@]")
_ADDRESS = "/.@_"
_PARALLEL = "科技|政府|双方|两国|三国|双边|元首|合作|联合|联委会|关系|战略|创新|友好(?!医院)|经贸|经济走廊|三[方边]|科研|清洁能源|研究创新|伙伴"
"""What follows a pair of short forms; elsewhere 中以, 中日, 中法 are words that only meet."""
_SIDE = "联系|单位|合作|主管|项目|申报|申请|参与|提供|要求|企业|须|指南"
_BY_CHANCE = (
    f"老年|西医|西部|[英西法俄葡德日韩泰越蒙阿捷波匈缅]文|文|药|新冠|东|亚|美洲|土壤|(?:立|波|南)(?!{_PARALLEL}|[（(])"
)
_WITHIN = "其集当之途程"
"""What makes 中 behind it the end of a word: 其中, 集中, 过程中."""

_SURE = "俄蒙韩日德英欧泰越缅柬芬匈捷葡哈乌坦肯秘墨挪"
"""Short forms that begin few other words: they may follow the first of several (中俄蒙…联合研究)."""

_WORDS = "以比加老智南立新古"
"""Short forms that are words of their own: inside a sentence they only confirm what is said elsewhere."""

_LEFTOVER = re.compile(
    "(?:联系(?:人|方式)|主管部门)(?:[:：]|为[:：]?)(?P<name>[\u4e00-\u9fff]{3,30}[部署局司厅院所会处团])"
)
"""Where a name that is not listed is worth spaCy's time: behind a contact's label, with the head of a body."""

_LINES = re.compile("(?:联系人|联系方式|主管部门|资助机构|征集部门|申报部门)(?P<name>[^。；;]{4,120})")
"""What a trained pipeline reads: the lines of contacts and authorities."""


@dataclass(frozen=True, slots=True)
class _Index:
    """The labels of one scheme as an automaton; a label without owners is an excluded form."""

    scheme: str
    automaton: AhoCorasick
    owners: tuple[tuple[str, ...], ...]
    latin: tuple[tuple[bool, bool], ...]
    """Whether a label begins, and ends, with a Latin letter or digit."""
    shorter: tuple[tuple[str, ...], ...]
    """The owners of a label without its last 国: 日本国 before 际 is 日本."""
    delicate: frozenset[int]
    """The labels that may be part of a longer word: those with a Latin end, and those that end in 国."""
    late: bool
    """Whether names are looked for only where a reader asks for them; then no label holds the end of a sentence."""

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
        """Return where the labels stand in `text[start:end]`, which no label reaches over, with their owners."""
        found = []
        owners, delicate = self.owners, self.delicate
        part = text if end is None else text[start:end]
        for number, first, last in self.automaton.find_matches_as_indexes(part):
            first, last = first + start, last + start
            if number not in delicate or _stands_alone(text, first, last, self.latin[number]):
                for iri in owners[number]:
                    found.append((first, last, iri))
            elif text[last - 1 : last + 1] == "国际":
                found += [(first, last - 1, iri) for iri in self.shorter[number]]
        return found


def _span(scheme: str, start: int, end: int, iri: str) -> Span:
    return Span(start, end, scheme, f"label.{scheme}", iri)


class _Late:
    """The names of a scheme in a text, looked for in the sentences in which one asks for them.

    Of 850 names of fields in a guide few are asked for: they stand in titles, topics and keywords.
    """

    __slots__ = ("index", "sentences", "text")

    def __init__(self, index: _Index, text: str) -> None:
        self.index = index
        self.text = text
        self.sentences: dict[tuple[int, int], list[tuple[int, int, str]]] = {}

    def __call__(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the names in `[start, end)`, in the order of the text."""
        text = self.text
        behind = text.find(_STOP, end)
        edges = text.rfind(_STOP, 0, start) + 1, len(text) if behind < 0 else behind
        places = self.sentences.get(edges)
        if places is None:
            places = self.sentences[edges] = self.index.find(text, *edges)
        scheme = self.index.scheme
        return tuple([_span(scheme, *place) for place in places if place[0] >= start and place[1] <= end])


@dataclass(frozen=True, slots=True)
class _Names:
    """All that is listed: an index a scheme, and the short forms with what each can mean."""

    indices: tuple[_Index, ...]
    short_forms: dict[str, tuple[str, ...]]
    spelled: frozenset[tuple[str, str]]
    """What a bracket may add to a short form, 瑞 and 瑞典 for 瑞（典）, with the country meant."""
    beside: re.Pattern[str]


class _Same:
    """A vocabulary as the key of a cache: equal only to itself, and kept alive while it is cached."""

    __slots__ = ("vocabulary",)

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.vocabulary is other.vocabulary


def find_names(text: str, vocabulary: Vocabulary, *, pipeline: Recogniser | None = None) -> tuple[Span, ...]:
    """Find the names of a text: listed ones, short forms beside 中 and before 方, and open-ended ones.

    `pipeline` is a trained pipeline from `load_pipeline`; it reads the lines that hold contacts and
    authorities. Without one, the token patterns read only the names there that no list knows.
    """
    found = index_names(text, vocabulary, pipeline=pipeline)
    spans = [span for _, listed in found.by_label.values() for span in listed]
    spans += [span for find in found.late.values() for span in find(0, len(text))]
    return tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.label, span.concept or "")))


def index_names(text: str, vocabulary: Vocabulary, *, pipeline: Recogniser | None = None) -> SpanIndex:
    """Find the names of a text, as `find_names` does, each label's in the order of the text."""
    names = _names(_Same(vocabulary))
    late = {index.scheme: _Late(index, text) for index in names.indices if index.late}
    listed = {index.scheme: index.find(text) for index in names.indices if not index.late}
    others = [*_find_short_forms(text, names), *_find_open_names(text, listed.values(), pipeline)]
    others.sort(key=lambda span: (span.start, -span.end, span.concept or ""))
    by_scheme = {
        scheme: ([place[0] for place in places], [_span(scheme, *place) for place in places])
        for scheme, places in listed.items()
    }
    return SpanIndex({**index_spans(others).by_label, **by_scheme}, late)


@functools.cache
def load_pipeline(model: str | None = None) -> Recogniser:
    """Return spaCy with our token patterns: on a trained pipeline by its name or path, else on a blank one.

    A trained pipeline's own entities count too. Raises RuleError where the model cannot be loaded.
    """
    import spacy

    if model is None:
        language: Language = spacy.blank("zh")
    else:
        try:
            language = spacy.load(model)
        except (OSError, ValueError, ImportError, AttributeError) as error:
            raise RuleError("cannot be loaded", where=model, right="an installed spaCy pipeline or its path") from error
    config: dict[str, Any] = {"overwrite_ents": False, "phrase_matcher_attr": "ORTH"}
    ruler: Any = language.add_pipe("entity_ruler", name="zhinan_names", config=config)
    ruler.from_disk(PATTERNS)
    # The name that the model bears, not where it lies: a rule's name goes into the graph.
    name = "patterns" if model is None else f"{language.lang}-{language.meta.get('name', 'model')}"
    return functools.partial(_find_entities, language, f"spacy.{name}")


def _find_entities(language: Language, rule: str, text: str) -> tuple[Span, ...]:
    return tuple(
        Span(entity.start_char, entity.end_char, OPEN_LABELS[entity.label_], rule, confidence=0.8)
        for entity in language(text).ents
        if entity.label_ in OPEN_LABELS
    )


def _find_open_names(
    text: str, named: Iterable[list[tuple[int, int, str]]], pipeline: Recogniser | None
) -> Iterator[Span]:
    """Run spaCy where a name is left over; all that is listed is known already and costs nothing."""
    for match in (_LINES if pipeline else _LEFTOVER).finditer(text):
        start, end = match.span("name")
        if pipeline is None and any(_holds(places, start, end) for places in named):
            continue
        for span in (pipeline or load_pipeline())(text[start:end]):
            yield Span(start + span.start, start + span.end, span.label, span.rule, confidence=span.confidence)


def _holds(places: list[tuple[int, int, str]], start: int, end: int) -> bool:
    """Say whether a place, of which none lies in another, reaches into `[start, end)`."""
    behind = bisect_left(places, (end,))
    return behind > 0 and places[behind - 1][1] > start


@functools.lru_cache(maxsize=4)
def _names(key: _Same) -> _Names:
    vocabulary = key.vocabulary
    indices = tuple(_index(name, vocabulary.concepts(name)) for name in _SCHEMES if name in vocabulary.schemes)
    meanings: dict[str, list[str]] = {}
    spelled: set[tuple[str, str]] = set()
    for concept in vocabulary.concepts("partners") if "partners" in vocabulary.schemes else ():
        for character in concept.short_forms:
            meanings.setdefault(character, []).append(concept.iri)
            spelled |= {(label.text, concept.iri) for label in concept.labels if label.text.startswith(character)}
    short_forms = {character: tuple(iris) for character, iris in sorted(meanings.items())}
    return _Names(indices, short_forms, frozenset(spelled), _beside("".join(short_forms)))


def _index(scheme: str, concepts: Iterable[Concept]) -> _Index:
    owners: dict[str, list[str]] = {}
    for concept in concepts:
        for label in concept.labels:
            iris = owners.setdefault(label.text, [])
            if concept.iri not in iris:
                iris.append(concept.iri)
    for concept in concepts:
        for form in concept.excluded_forms:
            owners.setdefault(form, [])
    texts = sorted(owners)
    latin = tuple((bool(_LATIN.match(text[0])), bool(_LATIN.match(text[-1]))) for text in texts)
    kind = Implementation.DFA if len(texts) <= _FEW else None
    automaton = AhoCorasick(texts, matchkind=MatchKind.LeftmostLongest, implementation=kind)
    owners = {text: sorted(iris) for text, iris in owners.items()}
    shorter = tuple(tuple(owners.get(text[:-1], ())) if text[-1] == "国" else () for text in texts)
    delicate = frozenset(at for at, text in enumerate(texts) if any(latin[at]) or text[-1] == "国")
    late = scheme in _ASKED_SELDOM and not any(_STOP in text for text in texts)
    return _Index(scheme, automaton, tuple(tuple(owners[text]) for text in texts), latin, shorter, delicate, late)


def _stands_alone(text: str, start: int, end: int, latin: tuple[bool, bool]) -> bool:
    """Say whether a label is a name here: no part of 国际, and if Latin, no part of a word or an address."""
    if text[end - 1] == "国" and text[end : end + 1] == "际":
        return False
    if latin[0]:
        before = text[start - 1 : start]
        if _BESIDE.match(before) or before in tuple(_ADDRESS):
            return False
    return not (latin[1] and _BESIDE.match(text[end : end + 1]))


def _beside(characters: str) -> re.Pattern[str]:
    """Compile where a character stands for a country: 中美双方, 中日韩联合, 中美…合作 at a beginning, 以方联系人."""
    one = f"[{characters}]"
    return re.compile(
        f"中(?!{_BY_CHANCE})(?:(?P<pair>{one}{{1,3}}?)(?:[（(](?P<rest>[\u4e00-\u9fff]{{1,5}})[）)])?(?={_PARALLEL})"
        f"|(?P<first>{one}[{_SURE}]{{0,2}})(?:[（(](?P<more>[\u4e00-\u9fff]{{1,5}})[）)])?"
        f"(?=[^，,。；;：:]{{1,16}}?(?:合作|联合)))"
        f"|方(?<=(?P<side>{one})方)(?={_SIDE})"
    )


def _find_short_forms(text: str, names: _Names) -> Iterator[Span]:
    if not names.short_forms:
        return
    for match in names.beside.finditer(text):
        kind = next(name for name in ("pair", "first", "side") if match[name])
        start, end = match.span(kind)
        rest = match["rest"] or match["more"] or ""
        opening = start if kind == "side" else match.start()
        glued = opening > 0 and "\u4e00" <= text[opening - 1] <= "\u9fff"
        if glued and (kind != "pair" or text[opening - 1] in _WITHIN):
            continue
        for at in range(start, end):
            iris = names.short_forms[text[at]]
            if rest and at == end - 1:
                iris = tuple(iri for iri in iris if (text[at] + rest, iri) in names.spelled) or iris
            sure = round(1 / len(iris) / (2 if glued and text[at] in _WORDS else 1), 2)
            for iri in iris:
                yield Span(at, at + 1, SHORT_FORMS, "label.partners.short", iri, confidence=sure)
