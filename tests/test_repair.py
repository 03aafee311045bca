"""The repair room as a whole: the corpus of damages, and what holds for any text."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyx.repair import REPAIRS, furniture, repair
from policyx.repair.bigrams import Bigrams
from policyx.repair.script import simplified
from policyx.rules import builtin_rules
from policyx.text import replay

RULES = builtin_rules()
CASES = tomllib.loads((Path(__file__).parent / "data/repair/cases.toml").read_text(encoding="utf-8"))["case"]
SHARED = Path(__file__).parents[2] / "shared"

DAMAGES = [case["damaged"] for case in CASES]
PIECES = st.sampled_from(
    [*DAMAGES, "增长5%，", "全市", "\n", " ", "  ", "　　", "(yáng)", "１２％", "2023年", "一、", "&nbsp;", "<br>",
     "?", "？", "技術", "l0家", "。", "|", "“", "”", "⒛", "研发", "3 . 5", "第 1 条"]
)  # fmt: skip


def _params() -> list[object]:
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", _params())
def test_damage_is_undone_and_nothing_else(case: dict[str, object]) -> None:
    """The repaired text is the expected one, by the rules that the case names."""
    damaged = str(case["damaged"])
    repaired = repair(damaged, RULES)
    assert repaired.text == case.get("expected", damaged)
    fired = {rule for edit in repaired.edits for rule in edit.rules}
    assert fired >= set(case.get("rules", []))  # type: ignore[call-overload]


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_mixture_can_be_replayed(text: str) -> None:
    """Edits are sorted, do not overlap, change something, name a rule, and give the text again."""
    repaired = repair(text, RULES)
    assert replay(text, repaired.edits) == repaired.text
    at = 0
    for edit in repaired.edits:
        assert at <= edit.start < edit.end <= len(text)
        assert text[edit.start : edit.end] != edit.replacement
        assert edit.rules
        at = edit.end


@pytest.mark.parametrize("damaged", DAMAGES)
def test_a_repaired_text_needs_no_repair(damaged: str) -> None:
    """Repairing twice is repairing once."""
    assert not repair(repair(damaged, RULES).text, RULES).edits


def test_a_text_of_two_scripts_needs_no_second_repair() -> None:
    """Two short lines in traditional script above a long spun one, which repair makes shorter."""
    spun = (
        "救援把加大研发插足当作栽种智商的捏手，饱读吹高新技艺企业陈说要紧相貌，"
        "东说念主才辞别有495东说念主，首期限度3000万元。"
    )
    text = "高新技術(shù企業(yè)發(fā)展\n" * 2 + spun
    assert not repair(repair(text, RULES).text, RULES).edits


@given(st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=6).map("\n".join))
@settings(max_examples=60, deadline=None)
def test_a_mixture_of_damages_needs_no_second_repair(text: str) -> None:
    """Repairing twice is repairing once, also where damages of several kinds meet."""
    assert not repair(repair(text, RULES).text, RULES).edits


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=60, deadline=None)
def test_furniture_spans_are_sorted_and_apart(text: str) -> None:
    """Spans lie in the text, in order, without overlap."""
    at = 0
    for item in furniture(text, RULES):
        assert at <= item.span.start < item.span.end <= len(text)
        at = item.span.end


def test_a_repair_can_be_skipped() -> None:
    """A skipped repair makes no edit; an unknown name is refused."""
    assert repair("揚(yáng)州１％", RULES, skip=REPAIRS).edits == ()
    assert repair("１％", RULES, skip=["width"]).edits == ()
    with pytest.raises(ValueError, match="not a repair"):
        repair("１％", RULES, skip=["widht"])


def test_script_agrees_with_opencc() -> None:
    """Characters and phrases come out as OpenCC's own converter gives them."""
    opencc = pytest.importorskip("opencc")
    converter = opencc.OpenCC("t2s")
    lines = [
        "乾隆年間瞭解著名品牌，乾淨能源與乾元國際",
        "臺灣於二○二四年發佈統計資料，佔國內生產毛額比重",
        "一目瞭然，不瞭解情況的幹部應當瞭望",
        "發展複雜，頭髮與發明，里程與裡面，後來與皇后，麵粉與面積",
        "覆蓋率、回覆、反覆，徵收與特徵，藉口與憑藉，著作與沿著",
        "鐘錶、時鐘、鍾情，隻身與只有，乾杯、乾坤、幹線",
        *[case["damaged"] for case in CASES],
    ]
    for line in lines:
        assert simplified(line) == converter.convert(line)


def test_lost_bytes_are_guessed_once_for_the_same_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page on which glosses took bytes everywhere: looking each time took 60 looks a character, now 4."""
    asked = Counter[str]()
    look_up = Bigrams.log_probability

    def counted(table: Bigrams, before: str, character: str) -> float:
        asked[character] += 1
        return look_up(table, before, character)

    monkeypatch.setattr(Bigrams, "log_probability", counted)
    words = [word.encode("gbk")[1:-1].decode("gbk") for word in ("渔港建设", "渔民增收", "渔村改造")]
    text = "".join(f"全市?yú){word}?，" for word in words) * 20
    repair(text, RULES)
    assert asked.total() < 20 * len(text)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")
def test_whole_documents_need_no_second_repair() -> None:
    """Repairing the evaluation texts twice is repairing them once."""
    for path in sorted((SHARED / "eval/texts").glob("*.txt")):
        once = repair(path.read_text(encoding="utf-8"), RULES)
        assert replay(once.original, once.edits) == once.text
        assert not repair(once.text, RULES).edits, path.name


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")
def test_clean_documents_stay_in_their_words() -> None:
    """No document of the corpus is spun, shifted, glossed or traditional."""
    loud = ("repair.spun", "repair.shifted", "repair.gloss", "repair.script")
    for path in sorted((SHARED / "corpus").glob("*.txt")):
        for edit in repair(path.read_text(encoding="utf-8"), RULES).edits:
            assert not any(rule.startswith(loud) for rule in edit.rules), (path.name, edit)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")
def test_script_agrees_with_opencc_on_documents() -> None:
    """Lines of real documents, written in traditional script by OpenCC, come back as its converter gives them."""
    opencc = pytest.importorskip("opencc")
    to_traditional, to_simplified = opencc.OpenCC("s2t"), opencc.OpenCC("t2s")
    for path in sorted((SHARED / "corpus").glob("*.txt"))[::40]:
        for line in path.read_text(encoding="utf-8").splitlines()[:40]:
            traditional = to_traditional.convert(line)
            assert simplified(traditional) == to_simplified.convert(traditional)
