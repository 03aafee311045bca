"""What a rank ranks: the words before it in, the thing without the scope and the verb of the rank out."""

from __future__ import annotations

from policyx.link.naming import OUR_PLACE, strip_start
from policyx.patterns import compiled
from policyx.rules.words import NameWords

_STREAK = compiled(r"(?:已|更)?连续[0-9一二三四五六七八九十两多]{1,3}(?:个?[年次月]|个?季度|届)")
_RANK_FILLER = compiled(
    r"(?:位|排|名|稳|跃|升|居|列|至|到|保持|进入|上升|持续|均|在|前移|第|获|占|继续|连续|蝉联|全|[国省市区县球]|世界|"
    r"中部|西部|地区|城市|地级|同类|综合|考核|评比|中|跨入|迈入|步入|挤进|挺进|冲进|晋[升级])+$"
)
_RANK_VERB = compiled(
    r"(?:跨入|迈入|步入|跻身|挤进|挺进|冲进|晋[升级]|处于|是|排|位|稳|跃|升|居|列|至|到|保持|进入|上升|持续|均|前移|达到?)+$"
)
_RANKED_AMONG = compiled(r"(?:居|列|排名|位于|跻身|在)(?P<list>全[国省市球][一-鿿“”]{2,14})$")
# 六县市排名第三
_AMONG = compiled(
    r"(?:在?全?[省市县区州])?[一二三四五六七八九十0-9]{1,3}个?(?:县市区?|市县区?|区县|县区|县|市州|市|州|地市|省区市?|省市|盟市|乡镇|街道)"
    r"(?:中|里)?(?:排[名位]|居|列|位居|位列)?$"
)
_RANK_SCOPE = compiled(r"(?:在)?全[国省市区县][^，]{0,12}$|(?:位列|位居|排名|名列|居|列|在)[^，]{0,10}$")


def ranked_thing(core: str, words: NameWords) -> str:
    """生产总值 of 生产总值连续三年居全省; nothing where only a scope stands there (六县市排名第三)."""
    thing = _RANK_FILLER.sub("", _AMONG.sub("", _STREAK.sub("", core))).removesuffix("是")
    listed = _RANKED_AMONG.search(thing)
    thing = strip_start(_RANK_VERB.sub("", _RANK_SCOPE.sub("", thing)), words)
    if OUR_PLACE.fullmatch(thing) and listed:
        return listed["list"]  # 全区稳居全国综合实力百强区第13位
    return thing
