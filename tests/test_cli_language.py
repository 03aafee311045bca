"""The command line in Chinese: every help text, every example, every message has a translation."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import policyx
from policyx.cli import language
from policyx.cli.examples import EXAMPLES
from policyx.cli.help import wrapped
from policyx.cli.language import catalogue, language_of, said, speak, template, translated

Run = Callable[..., Any]

HAN = re.compile(r"[\u4e00-\u9fff]")
SOURCE = Path(policyx.__file__).parent
# which argument of a call is a message for the user
MESSAGES = {"ReadError": 1, "PolicyxError": 0, "RuleError": 3, "BadParameter": 0, "note": 0, "Failure": 1}


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speak("en")


def _commands() -> list[tuple[str, Any]]:
    """Every command with its path, as typer makes it."""
    import click
    from typer.main import get_command

    from policyx.cli.app import app

    root = get_command(app)
    found: list[tuple[str, Any]] = []

    def walk(path: str, command: Any) -> None:
        found.append((path, command))
        context = type(command).context_class(command)
        for name in command.list_commands(context) if hasattr(command, "list_commands") else ():
            walk(f"{path} {name}".strip(), command.get_command(context, name))

    assert click
    walk("", root)
    return found


COMMANDS = _commands()
BY_PATH = pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[path or "policyx" for path, _ in COMMANDS])


@BY_PATH
def test_the_chinese_help_is_complete(path: str, command: Any) -> None:
    texts = [command.help, *(parameter.help for parameter in command.params if getattr(parameter, "help", None))]
    missing = [text for text in texts if translated(language.collapsed(text)) is None]
    assert not missing, "add them to cli/zh.toml"


@BY_PATH
def test_help_is_shown_in_the_language_that_was_asked_for(run: Run, path: str, command: Any) -> None:
    shown = run(*path.split(), "--help", "--lang", "zh")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("用法：") and "选项：" in shown.stdout and "显示本说明。" in shown.stdout
    assert run(*path.split(), "--help", "--lang", "en").stdout.startswith("Usage: ")
    assert run(*path.split(), "--help", env={"LANG": "zh_CN.UTF-8"}).stdout == shown.stdout


@BY_PATH
def test_each_command_has_two_examples_in_both_languages(run: Run, path: str, command: Any) -> None:
    examples = EXAMPLES.get(path, ())
    assert len(examples) >= 2, "add them to cli/examples.py"
    for line, what in examples:
        assert line.startswith(path)
        assert translated(what) is not None, what
        assert f"policyx {line}" in run(*path.split(), "--help").stdout


@pytest.mark.parametrize("line", sorted({line for lines in EXAMPLES.values() for line, _ in lines}))
def test_every_example_is_right_usage(line: str) -> None:
    """It parses; whether it does what it says is for the tests of the command."""
    commands = dict(COMMANDS)
    words = shlex.split(line.partition(" >")[0])
    path = " ".join(words[:2]) if " ".join(words[:2]) in commands else words[0]
    command = commands[path]
    context = command.make_context(path, words[len(path.split()) :])
    assert context.args == []


def _shapes(node: ast.expr) -> list[str]:
    """The texts that an expression may give, with a word for what is not known."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*_shapes(node.body), *_shapes(node.orelse)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return ["".join(pair) for pair in product(_shapes(node.left), _shapes(node.right))]
    if isinstance(node, ast.JoinedStr):
        parts = [_shapes(part.value if isinstance(part, ast.FormattedValue) else part) for part in node.values]
        return ["".join(choice) for choice in product(*parts)]
    return ["7"]


def _messages() -> list[tuple[str, str]]:
    """The messages of the source, each with the room that it stands in."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        room = path.relative_to(SOURCE).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                at = MESSAGES.get(name)
                if at is not None and at < len(node.args):
                    found += [(room, text) for text in _shapes(node.args[at])]
    return sorted({(room, text) for room, text in found if re.search("[a-z]{2}", text)})


# put together from parts that are words themselves; the test of messages has an example of each
COMPOSED = re.compile(r"7 quantit|no quantities|7 is no indicator|7; 7 holds|7the dataset|7: 7 must be|.*7$")


def test_messages_are_translated() -> None:
    """All those whose words stand in the source: what a variable holds is found where it is made. Of what is said deep
    in the rooms a few may wait for their translation, of what the command line itself says none."""
    missing = [item for item in _messages() if translated(item[1]) is None and not COMPOSED.match(item[1])]
    assert not [item for item in missing if item[0] == "cli"], "add them to cli/zh.toml"
    assert len(missing) <= 8, f"add them to cli/zh.toml: {missing}"


def test_no_example_is_left_over_from_a_command_that_is_gone() -> None:
    import tomllib

    sections = tomllib.loads((SOURCE / "cli" / "zh.toml").read_text(encoding="utf-8"))
    assert set(sections["examples"]) == {what for lines in EXAMPLES.values() for _, what in lines}
    assert set(EXAMPLES) <= {path for path, _ in COMMANDS}


def test_every_translation_is_chinese_and_has_the_same_blanks() -> None:
    for english, chinese in catalogue()[0].items():
        assert HAN.search(chinese) or chinese.startswith(" "), english
        assert set(re.findall(r"\{(\w+)\}", chinese)) == set(re.findall(r"\{(\w+)\}", english)), english


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("does not exist", "不存在"),
        ("a: b.txt: does not exist", "a: b.txt：不存在"),
        ("a.txt: cannot be read: Permission denied", "a.txt：无法读取：没有权限"),
        ("1 quantity in 1 document", "1 篇文件中有 1 个数量"),
        ("3 quantities in 2 documents, written to 表.xlsx; 1 could not be read",
         "2 篇文件中有 3 个数量，已写入 表.xlsx；1 个未能读取"),
        ("docs: passed over 3 files: 2 .jpg, 1 hidden", "docs：略过 3 个文件：.jpg 2 个、隐藏文件 1 个"),
        ("no quantities that fit in 2 documents; 1 could not be read", "2 篇文件中没有符合条件的数量；1 个未能读取"),
        ("'x' is no indicator. Did you mean gdp?", "'x' 不是已知的指标，是否指 gdp？"),
        ("2 documents and 9 records from 2 files; 1 unchanged; 0 failures; d holds 3 documents and 1 record",
         "从 2 个文件读出 2 篇文档、9 条记录；1 个未变；失败 0 个；d 现有 3 篇文档、1 条记录"),
        ("1 failure; 0.1 s, 9.0 files/s", "失败 1 个；0.1 秒，每秒 9.0 个文件"),
        ("0 contradicted, 3 confirmed in 1 document", "矛盾 0 处、相符 3 处（1 篇文件）"),
        ("2 more are not there any more; the dataset keeps documents whose file is gone; --prune takes them out",
         "另有 2 个已不存在；这些文档仍保留在数据集中，--prune 可删去"),
        ("p.toml: jobs must be a whole number, not 'x'.", "p.toml：jobs 应为整数，而不是 'x'。"),
        ("a.doc: is an RTF document, but LibreOffice (is its Writer installed?) could not read it: Q",
         "a.doc：是 RTF 文件，但 LibreOffice 无法读取（是否装了 Writer？）：Q"),
        ("docs: the folder holds no file that fits *.csv", "docs：文件夹中没有符合 *.csv 的文件"),
        ("is not text but a PNG image", "不是文本，而是 PNG 图片"),
        ("a.pdf: is no PDF document; what it holds is of no known format",
         "a.pdf：不是 PDF 文件，内容也不是任何已知的格式"),
        ("docs: the folder cannot be searched: Permission denied", "docs：无法查找文件夹：没有权限"),
        ("0 rows; left out 2 figures of parts, means or other places; 1 documents of an unknown place (a.txt)",
         "0 行；略去分项、平均数或其他地方的数据 2 个；1 份文件不知属于何地（a.txt）"),
        ("The suffix of 'a.xyz' names no format: use one of .csv, .json, or say -f.",
         "'a.xyz' 的后缀不是已知的格式：请用 .csv, .json 之一，或用 -f 指定。"),
        ("[##..] 2/4  1.5 files/s  0:02 left  1 failed", "[##..] 2/4  每秒 1.5 个文件  还需 0:02  失败 1 个"),
        ("nobody has ever said this", "nobody has ever said this"),
    ],
)  # fmt: skip
def test_messages_come_out_in_chinese(english: str, chinese: str) -> None:
    speak("zh")
    assert said(english) == chinese


def test_in_english_nothing_is_translated() -> None:
    assert said("does not exist") == "does not exist"


def test_a_template_takes_either_of_two_endings() -> None:
    made = template("{n} file[|s] (all)", "{n} 个文件")
    assert made.pattern.fullmatch("1 file (all)") and made.pattern.fullmatch("2 files (all)")
    assert not made.pattern.fullmatch("2 filess (all)")


@pytest.mark.parametrize(
    ("arguments", "environment", "wanted"),
    [
        (["extract", "a.txt", "--lang", "zh"], {}, "zh"),
        (["--lang=zh", "extract"], {}, "zh"),
        (["extract", "--lang", "en"], {"POLICYX_LANG": "zh"}, "en"),
        (["extract"], {"POLICYX_LANG": "zh"}, "zh"),
        (["extract"], {"LANG": "zh_CN.UTF-8"}, "zh"),
        (["extract"], {"LANG": "de_DE.UTF-8"}, "en"),
        (["extract", "--", "--lang", "zh"], {}, "en"),
        (["extract", "--lang", "fr"], {"LANG": "zh_CN.UTF-8"}, "zh"),
        (["extract", "--lang"], {}, "en"),
    ],
)
def test_the_language_is_that_of_the_command_line_the_environment_or_the_locale(
    arguments: list[str], environment: dict[str, str], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language_of(arguments) == wanted


def test_settings_choose_the_language_of_messages_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policyx.toml").write_text('lang = "zh"\n', encoding="utf-8")
    assert "missing.txt：不存在" in run("extract", "missing.txt").stderr
    assert "missing.txt: does not exist" in run("extract", "missing.txt", "--lang", "en").stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["extract", "--status", "完成", "a.txt"],
            "--status 的值无效：'完成' 不在其中：实际, 目标, 预计, 政策。",
        ),
        (["extract", "--statu"], "没有 --statu 这个选项"),
        (["extract", "-j", "x", "a.txt"], "'x' 不是整数"),
        (["nonsense"], "没有 'nonsense' 这个命令"),
        (["explain"], "缺少参数 'FILE'"),
        (["batch", "a.txt"], "请先写读什么"),
        (["rules", "show", "no.such"], "没有规则 'no.such'"),
        (["extract", "--rules", "no.toml", "a.txt"], "no.toml：没有这个文件或文件夹"),
        (["extract", "https://www.example.org/a.html"], "是网址，而 policyx 从不联网"),
    ],
)
def test_errors_are_told_in_chinese(run: Run, arguments: list[str], told: str) -> None:
    done = run(*arguments, "--lang", "zh")
    assert done.exit_code in (1, 2) and told in done.stderr
    assert "Error" not in done.stderr and "Usage" not in done.stderr


def test_a_command_without_arguments_shows_its_help_in_chinese(run: Run) -> None:
    done = run(env={"POLICYX_LANG": "zh"})
    assert "命令：" in done.stderr + done.stdout and "错误：" not in done.stderr


def test_the_language_may_be_said_before_the_command(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全市企业10家。", encoding="utf-8")
    assert run("--lang", "zh", "extract", "a.txt", "-f", "csv").stdout.lstrip("\ufeff").startswith("来源,")
    assert run("--lang", "fr", "extract", "a.txt").exit_code == 2


def test_chinese_is_wrapped_by_the_width_that_it_takes() -> None:
    lines = list(wrapped("一二三四五，用 policyx.toml 设置。", 10))
    assert lines == ["一二三四五，", "用", "policyx.toml", "设置。"]
