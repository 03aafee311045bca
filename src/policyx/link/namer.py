"""The name of a figure: what stands before it, behind it, what was spoken of before, or what a rule grants."""

from __future__ import annotations

from policyx.link import grants
from policyx.link.clauses import Surroundings
from policyx.link.context import DocumentContext
from policyx.link.distribute import measured_head
from policyx.link.naming import (
    OUR_PLACE,
    Left,
    bare_thing,
    base_of,
    clean_left,
    compose,
    is_dependent,
    strip_start,
    subject_of,
    without_facet,
)
from policyx.link.nouns import right_noun
from policyx.link.ranks import ranked_thing
from policyx.link.runs import Place
from policyx.link.state import Draft, State
from policyx.link.tidying import tidy
from policyx.model import Mention
from policyx.patterns import compiled
from policyx.rules.words import NameWords

_COUNTED = frozenset(
    {"count", "people", "money", "area", "length", "mass", "volume", "energy", "power", "percent", "rate"}
)
_ATTRIBUTE_OF = compiled(r"、[^，。；、]{1,14}(?:元|米|亩|㎡|顷)的(?=[一-鿿“（])")
_WHOLE = compiled(r"(?:^|[。；，])在?(?P<whole>[^，。；]{2,16})[中里]，")  # 在规上工业增加值中，制造业占90.6%
_TAKES_PART = compiled(r"(?:享受|领取|参加|接受|获得|纳入|发放|办理|通过)(?=[一-鿿“])")
_BESIDE = compiled(r"(?:高于|低于|快于|慢于|好于|超过|超出|领先于?|高出|优于)")  # ，超过全省平均水平，
_ACHIEVES = compiled(r"(?:实现|完成|达到)(?=[一-鿿])")  # 100%实现网上办理
_SET = frozenset({"任务", "计划", "目标", "预算"})
_ASIDE = compiled(r"[（(][^（）()]*[）)]")
_SHARE = compiled(r"所?占(?![用地据领优有鳌])")
_INCLUSIVE = compiled(r"[（(]不?(?:含|包括|包含)[0-9本][^（）()]{0,8}[）)]")
_ASIDE_MARK = compiled(r"[（()）]")
_COUNT = compiled(r"^的\s?[0-9一二两三四五六七八九十百千万亿,.]+多?余?[个项家座条支只处批大]")
_WHERE = compiled(r"(?:[全我本该各][国省市区县州镇校院]|各地|每[个座家]?[国省市区县州镇乡村])")
_PARTICLES = frozenset("以与对向将把为由从在按")
_OF_PHRASE = compiled(r"(?:等[处地]?|首个|首批|首只|首家|首支|最大的?|的)$")
_IS_SO_MUCH = compiled(r"(?:约|共|合共|合计|总计|[量额数])为?约?为$")
_BEFORE_NOUN = ("以", "对", "为", "向", "将", "把", "由", "从", "与", "和", "及", "、", "有", "共")
_COMPARED_WITH = compiled(r"\s{0,4}(?:约)?(?:是|为|相当于|达到?|超过)[^，。]{1,16}的$")
_TOTAL = compiled(r"累计|总计|总数|总量|合计|共有")
_NOW_AT = compiled(r"(?<!争取)(?<!力争)(?<!确保)(?<!冲刺)达到?$|增[至到]$|累计达")  # 新增465家、达到1437家
_ENTERS = compiled(r"上榜|入选|入围|跻身|登上")
_PARTS_END = compiled(r"[；;]|[，,][^，,]{6,}[，,]")  # a clause that tells of something else
_SIZE = compiled(r"[0-9.]{0,6}[十百千]?[万亿]元(?:及?以上|级)")
_UP_TO_SIZE = compiled(r"^.*?[万亿]元(?:及?以上|级)的?")
_AREAS = frozenset("区县市省乡镇村州盟旗国校厂")  # 16个区: one character that is a word
_ENDS_CLAUSE = frozenset(["", *"，,；;：:。！？!?、\n（()）"])
_ROUND = compiled(r"(?:超过?|突破|[过达上])[十百千]{0,2}[万亿]")  # 27家企业收入超百亿元: which of them are counted
_OPENED_BY = compiled(r"(?:^|[，。；：,;:)）])、?(?P<noun>[一-鿿A-Za-z“”、]{2,20})[（(]$")
_LOOKING_AT = compiled(r"(?:^|[，。；])从(?P<what>[一-鿿]{2,10})(?:情况)?来?看[，,]$")
_CONJOINED = frozenset("、和及与")  # 22个国、省考断面
_QUOTED = compiled(r"[“「《]([^”」》]{3,24})[”」》]")


class Namer:
    """Names each figure while a document's sentences are read in order."""

    def __init__(self, text: str, context: DocumentContext, state: State, words: NameWords) -> None:
        self.text = text
        self.context = context
        self.state = state
        self.words = words

    def name(self, draft: Draft, figure: Mention, around: Surroundings, left: Left, place: Place | None) -> None:
        """Set the draft's name and topic."""
        members = self._members(place, around, left)
        if place and members and not self._behind(figure, around, left.core, left.action):
            draft.name = draft.topic = members[place.index]
            draft.dependent = not place.members
            draft.reasons.append(("name", "dealt out by 分别 or by a list"))
        elif place and place.index:
            draft.name, draft.topic, draft.dependent = self.state.last_name, self.state.topic, True
            draft.reasons.append(("name", "the same as the figure before it in the list"))
        else:
            self._name(draft, figure, around, left)

    def _members(self, place: Place | None, around: Surroundings, left: Left) -> list[str]:
        """The names that a run of figures is dealt out to: its own, or, for a run that says only how they changed,
        those of the run or of the figures before it (分别增长12.3%和15.1%)."""
        if place is None:
            return []
        state = self.state
        if place.members:
            state.members = place.members
            return place.members
        if place.index:
            return state.members if len(state.members) == place.count and state.dealing else []
        state.dealing = False
        if left.core and not is_dependent(left.core, self.words):
            return []
        recent = state.named[-place.count :]
        dealt = "分别" in around.raw_left
        every = len(set(state.named)) == len(state.named) == place.count and left.change
        another = dealt and len(set(recent)) == place.count and not set(recent) & set(state.members)
        if another or (len(state.members) != place.count and (dealt or every)):
            state.members = recent
        state.dealing = len(state.members) == place.count
        return state.members if state.dealing else []

    def grant(self, draft: Draft, around: Surroundings, place: Place | None) -> None:
        """Name what a rule grants: to whom, for what, and the benefit."""
        heading = self.state.heading[-1] if self.state.heading else ""
        index, count = (place.index, place.count) if place else (0, 1)
        granted = grants.grant_name(around.left, around.rest, around.earlier, heading, self.words, (index, count))
        own = place.members[place.index].partition("给予")[0] if place and place.members else ""
        draft.name, draft.topic, draft.dependent = granted.name, self.state.topic, True
        if len(own) > 2 and not grants.GRANT.match(own):
            draft.name = own if own.endswith(granted.benefit) else own + granted.benefit
        if draft.name == granted.benefit and self.state.grantee:
            draft.name = self.state.grantee + draft.name  # 1亿元以上的奖励2万元；3亿元以上的奖励3万元
        self.state.grantee = draft.name.removesuffix(granted.benefit)
        draft.name = _INCLUSIVE.sub("", draft.name)
        draft.bound = granted.bound
        draft.measure, draft.sign = "level", 1
        draft.status, draft.granted = "policy", True
        draft.rules.append("status.policy")
        draft.reasons.append(("name", "who is granted what for, and the benefit"))

    def shared_verb(self, around: Surroundings) -> str:
        """The verb that the members of a list share: 新增A 1家、B 2家."""
        return self.state.verb if around.mark and around.mark in "、和及与" else ""

    def _name(self, draft: Draft, figure: Mention, around: Surroundings, left: Left) -> None:
        core = left.core
        if OUR_PLACE.fullmatch(core) or core in _PARTICLES or _is_comparison(figure, around):
            core = ""
        behind = self._behind(figure, around, core, left.action)
        if behind:
            draft.name, why = behind
            if around.bracketed and draft.name in self.words.modifier and self.state.level_name:
                draft.name += bare_thing(self.state.level_name, self.words)
            draft.topic = draft.name
            draft.reasons.append(("name", why))
        elif figure.kind == "rank":
            self._name_rank(draft, around, core)
        elif not core or is_dependent(core, self.words) or core == left.change:
            self._carry(draft, around, core)
        else:
            draft.name = draft.topic = self._before(figure, around, core, left)
            draft.reasons.append(("name", "the words before the number"))

    def _carry(self, draft: Draft, around: Surroundings, core: str) -> None:
        """The name of what was spoken of before, with the facet that stands here (总数, 占比) if any."""
        topic = self.state.inner if around.bracketed and not _ASIDE_MARK.search(around.gap) else ""
        topic = topic or self._topic(around)
        if self.context.kind == "policy" and not topic:
            topic = grants.target(around.earlier, self.state.heading[-1] if self.state.heading else "")
        draft.dependent, draft.topic = True, topic
        if core:
            draft.name = compose(topic, core, self.words)
        else:
            draft.name = topic if topic != self.state.topic else self.state.level_name or topic
            share = _SHARE.search(draft.name, 2) if draft.measure == "growth_rate" else None
            if share:  # a share grows by percentage points; it is the thing that grows by so many percent
                draft.name = topic = draft.name[: share.start()]
            if draft.name == self.state.level_name:
                draft.level_dimension = self.state.level_dimension
            if draft.measure == "level" and (_TOTAL.search(around.left) or _NOW_AT.search(around.left)):
                draft.name = bare_thing(draft.name, self.words)
        if topic:
            draft.flags.append("name_carried")
            draft.reasons.append(("name", f"carried from {topic!r}"))

    def _before(self, figure: Mention, around: Surroundings, core: str, left: Left) -> str:
        """The words before the number, completed by what a list or a pronoun leaves out."""
        if core.startswith("其") and core[1:2] not in "他余它中次实" and self._topic(around):
            core = self._topic(around) + core[1:]
        if "分别为" in around.raw_left or "分别是" in around.raw_left:
            head, _, tail = core.partition("分别")
            own = clean_left(tail[1:], self.words).core
            if head and own:
                self.state.prefix, core = head, own + head
        elif self.state.prefix and around.mark in "；;、":
            core = core + self.state.prefix
        bare = len(core) - len(left.action) < 2 or (_is_counted(figure) and left.action not in self.words.sibling)
        if left.action and core.endswith(left.action) and self.context.kind == "policy" and bare:
            heading = self.state.heading[-1] if self.state.heading else ""
            core = grants.target(around.earlier, heading) + left.action
        verb = self.shared_verb(around)
        if verb and not self.words.action.start(core) and len(core) < 20:
            return verb + core
        dimension = figure.quantity.unit.dimension if figure.quantity and figure.quantity.unit else ""
        whole = _WHOLE.search(around.earlier) if core.endswith("占") and dimension == "percent" else None
        if whole:
            return core + whole["whole"] + "比重"
        outer = self._outside(around) if around.bracketed and core not in _SET else ""
        if outer:
            return outer + core
        if (
            around.bracketed
            and self.state.topic
            and len(core) <= 4
            and (core in _SET or core not in self.words.generic)
        ):
            return self.state.topic + core
        whole_head = self._whole_head(around, core, dimension)
        if whole_head:
            return core + ("增加值" if whole_head.endswith("生产总值") else whole_head)
        looked = _LOOKING_AT.search(around.earlier) if dimension in ("money", "percent", "multiple") else None
        if looked and not measured_head(core, self.words):
            return core + looked["what"]
        if core in self.words.holding and self.state.holder and around.mark in ("，", ",", "、"):
            return self.state.holder + core
        if core in self.words.modifier and dimension == self.state.level_dimension:
            return core + self._unmodified(self.state.level_name)
        if _SIZE.fullmatch(core) and self.state.level_name and dimension == self.state.level_dimension:
            return core + _UP_TO_SIZE.sub("", self.state.level_name)  # 其中亿元以上300个
        if core == left.action and around.mark in ("、", "，") and self.state.named and self._counts_alike(figure):
            return core + self._object(self.state.level_name)  # 收集问题9件、解决8件
        if left.change in ("新增", "净增", "新增加") and dimension in _COUNTED:
            return core + left.change
        return core

    def _counts_alike(self, figure: Mention) -> bool:
        """Whether the figure counts in the unit of the last level."""
        unit = figure.quantity.unit if figure.quantity else None
        return bool(unit and unit.name == self.state.level_unit and unit.dimension in ("count", "people"))

    def _object(self, name: str) -> str:
        """问题 of 收集问题."""
        verb = self.words.action.start(name) or self.words.predicate.start(name)
        thing = name.removeprefix(verb) if len(verb) > 1 else name
        return base_of(thing, self.words) or thing

    def _unmodified(self, name: str) -> str:
        """城镇居民收入 without 城镇, for 农村1.5万元 behind it; nothing where no word of that kind stands there."""
        rest = name
        while rest and (own := self.words.modifier.start(rest)) and self.words.edges.words(rest[:12])[0] == own:
            rest = rest[len(own) :]
        return rest if len(rest) < len(name) else ""

    def _outside(self, around: Surroundings) -> str:
        """住宿和餐饮业（合同外资21.3亿元）: the noun that opens the brackets, for what they open with."""
        before = _OPENED_BY.search(around.earlier)
        noun = before["noun"] if before else ""
        return noun if noun and not self.words.action.end(noun) and not measured_head(noun, self.words) else ""

    def _whole_head(self, around: Surroundings, core: str, dimension: str) -> str:
        """工业增加值增长6%，其中纺织业增长4%: a part that says nothing of what is measured takes the whole's head, the
        first in its sentence."""
        state = self.state
        if "其中" in around.gap:
            state.parts = True
        elif _PARTS_END.search(around.gap):
            state.parts = False
        if not state.parts or dimension in ("count", "people") or measured_head(core, self.words):
            return ""
        found = ((measured_head(name, self.words), measured) for name, measured in state.measured)
        head, measured = next((pair for pair in found if pair[0]), ("", ""))
        return head if dimension in ("percent", measured) else ""

    def _name_rank(self, draft: Draft, around: Surroundings, core: str) -> None:
        """A rank belongs to the name before it; its scope (全国, 全市) is no name."""
        scope = ranked_thing(core, self.words)
        draft.dependent, draft.topic = True, self.state.topic
        if not scope:
            draft.name = self._listed(around) or self._ranked(around)
        elif is_dependent(scope, self.words):
            draft.name = compose(self._topic(around), scope, self.words)
        else:
            draft.name = draft.topic = scope
        draft.reasons.append(("name", "a rank of what stands before it"))

    def _ranked(self, around: Surroundings) -> str:
        """What a rank without a name of its own ranks: the subject of a clause since the last figure, else its name."""
        topic = self._topic(around)
        if topic == self.state.topic:
            return self.state.last_name or topic
        said = compiled(r"[，,；;]").split(around.gap)[-2:-1]
        return strip_start(tidy(said[0]), self.words) if said and len(topic) < 4 else topic

    def _listed(self, around: Surroundings) -> str:
        """上榜“创新百强区”，位列第84名: the list in quotes is what ranks."""
        if not _ENTERS.search(around.gap):
            return ""
        quoted = _QUOTED.findall(around.earlier + around.gap)
        return quoted[-1] if quoted else ""

    def _behind(self, figure: Mention, around: Surroundings, core: str, action: str) -> tuple[str, str] | None:
        """The name behind the number, where a verb, nothing, or only a qualifier stands before it."""
        quantity = figure.quantity
        dimension = quantity.unit.dimension if quantity and quantity.unit else ""
        if dimension not in _COUNTED or figure.kind == "rank":
            return None
        noun = right_noun(around.right, self.words)
        if dimension in ("count", "people") and noun and self._abuts(around):
            noun = without_facet(noun, self.words)
        attributive = around.right.startswith("的")
        bare = around.left.rstrip()
        if bare.endswith(("及", "和", "、", "与")) and core and len(core) < 8 and noun and not attributive:
            return core + noun, "the noun behind the number, and its neighbour"
        achieved = _ACHIEVES.match(around.right) if dimension == "percent" and not core else None
        if achieved:
            noun = right_noun(around.right[achieved.end() :], self.words)
            return (noun, "what the share achieves") if len(noun) > 1 else None
        if dimension == "percent" and not attributive and core and core != action:
            return self._share_of(core, bare, noun)
        if noun and core in self.words.sibling and not attributive:
            return core + noun, "the verb before the number and the noun behind it"
        if dimension == "percent" and attributive and len(noun) > 1 and self.context.kind != "policy":
            scope = core if len(core) <= 8 and not action and not core.startswith("以") else ""
            return scope + noun, "the noun behind the share"
        shared = _ATTRIBUTE_OF.match(around.rest)
        if shared and not attributive and self.words.attribute.end(core):
            noun, attributive = right_noun(self.text[around.stop + shared.end() :][:40], self.words), True
        if attributive and not noun:
            noun = right_noun(_COUNT.sub("", around.rest, count=1)[:40], self.words)
        if attributive and core and self.words.attribute.end(core) and noun:
            return noun + self.words.attribute.end(core), "the noun behind the number, with its attribute before it"
        takes_part = _TAKES_PART.match(around.right) if not core and dimension in ("count", "people") else None
        if takes_part:
            noun = right_noun(around.right[takes_part.end() :], self.words)
            return takes_part[0] + noun, "what the counted take part in"
        if len(noun) < 2:
            alone = noun in _AREAS and not core and dimension == "count" and around.right[1:2] not in _CONJOINED
            return (noun, "the noun behind the number") if alone else None
        if attributive and core in self.words.modifier and dimension in ("count", "people"):
            return core + noun, "the noun behind the number, and its scope"
        if attributive and core and not is_dependent(core, self.words) and not _only_verb(core, action):
            return None
        if core and is_dependent(core, self.words) and core != action:
            return (noun + core, "the noun behind the number, with its attribute before it") if attributive else None
        if not core:
            verb = self.shared_verb(around)
            again = len(verb) > 1 and not noun.startswith(verb)
            return (verb + noun if again else noun), "the noun behind the number"
        if core == action:
            return (core + noun if len(core) > 1 else noun), "the verb before the number and the noun behind it"
        if action and bare.endswith(action):
            verb = action if len(action) > 1 else ""
            qualifier = self._qualifier(core[: -len(action)])
            return qualifier + verb + noun, "the verb before the number and the noun behind it"
        if _OF_PHRASE.search(bare) or (bare.endswith(_BEFORE_NOUN) and not _IS_SO_MUCH.search(bare)):
            verb = self.words.action.start(core)
            return (verb if len(verb) > 1 else "") + noun, "the noun behind the number"
        if dimension in ("count", "people") and len(core) + len(noun) <= 22:
            return core + noun, "the qualifier before the number and the noun behind it"
        if dimension in ("count", "people", "money"):
            return noun, "the noun behind the number"
        return None

    def _abuts(self, around: Surroundings) -> bool:
        """42条河涌达标率69%: the next figure follows at once, so that the end of the words between is its own."""
        at = around.stop + len(around.right)
        return self.text[at : at + 1] not in _ENDS_CLAUSE and not _ROUND.match(self.text, at)

    def _share_of(self, core: str, bare: str, noun: str) -> tuple[str, str] | None:
        """农村70%以上行政村: the noun behind a share, with its scope; not where a verb or a rate stands before it."""
        if len(noun) < 3 or not bare.endswith(core[-1]) or len(core) > 8 or core[-1] in "率比重例占额量度":
            return None
        return core + noun, "the scope before the share and the noun behind it"

    def _qualifier(self, text: str) -> str:
        """The last words before the verb, where they are short enough to be the actor: 前海青年梦工场 + 新引进."""
        cleaned = strip_start(text, self.words)
        return cleaned if 1 < len(cleaned) <= 12 and not self.words.predicate.find(cleaned) else ""

    def _begins_with_verb(self, subject: str) -> bool:
        """建设公路; but not 生产总值 and 服务业."""
        verb = self.words.action.start(subject)
        return bool(verb) and self.words.edges.words(subject[:12])[0] == verb

    def _topic(self, around: Surroundings) -> str:
        """What the sentence speaks of: the subject of the last clause without figures, else the topic."""
        said = _ASIDE.sub("", around.gap[: len(around.gap) - len(around.raw_left)])
        clauses = [c for c in compiled(r"[，,；;：:。]").split(said) if c.strip()]
        for clause in reversed(clauses):
            if _BESIDE.match(clause.strip()):
                continue
            subject = subject_of(clause, self.words)
            plain = 2 <= len(subject) <= 20 and not self._begins_with_verb(subject)
            if plain and not is_dependent(subject, self.words):
                return subject
        return self.state.topic


def _is_comparison(figure: Mention, around: Surroundings) -> bool:
    """是前五年的1.8倍: the words before a multiple say what it is measured against, not what it is."""
    unit = figure.quantity.unit if figure.quantity else None
    return bool(unit and unit.dimension == "multiple" and _COMPARED_WITH.match(around.raw_left))


def _only_verb(core: str, action: str) -> bool:
    """建成, 全省建成, 每个县建立: a verb, with no more than its place in front."""
    return core == action or bool(action and core.endswith(action) and _WHERE.fullmatch(core[: -len(action)]))


def _is_counted(figure: Mention) -> bool:
    unit = figure.quantity.unit if figure.quantity else None
    return bool(unit and unit.dimension in ("count", "people"))
