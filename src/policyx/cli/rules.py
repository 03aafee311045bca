"""`policyx rules list|show|check`: the rules in force, one of them, or the check of a rule file."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from policyx.cli.options import RuleFiles, one_of

app = typer.Typer(
    help="List the rules, show one, or check a rule file of your own.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.command(name="list")
def list_rules(
    kind: Annotated[
        str | None, typer.Argument(metavar="KIND", help="Only this kind, such as unit or indicator.")
    ] = None,
    rules: RuleFiles = None,
) -> None:
    """List the rules: kind, id and words, separated by tabs."""
    from policyx.cli.output import results
    from policyx.rules import KINDS

    if kind is not None:
        one_of(kind, KINDS, "KIND")
    table = _rules(rules)
    with results() as write:
        for name, entry in table.all():
            if kind in (None, name):
                write(f"{name}\t{entry['id']}\t{_gist(entry)}\n")


@app.command(name="show")
def show_rule(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="The rule's id, as records name it.")],
    rules: RuleFiles = None,
) -> None:
    """Show one rule as it stands in its file."""
    from policyx.cli.output import results
    from policyx.errors import PolicyxError
    from policyx.export.toml import entry_text

    table = _rules(rules)
    found = table.find(identifier)
    if found is None:
        from difflib import get_close_matches

        near = ", ".join(get_close_matches(identifier, [entry["id"] for _, entry in table.all()], 3))
        raise PolicyxError(f"there is no rule {identifier!r}" + (f"; did you mean {near}?" if near else ""))
    kind, entry = found
    with results() as write:
        write(f"# {table.origins.get(identifier, 'built in')}\n")
        write(entry_text(kind, entry))


@app.command(name="check")
def check_rules(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Rule files to check.")],
    rules: RuleFiles = None,
) -> None:
    """Check rule files; what is wrong is named with file, entry and key."""
    from pathlib import Path

    from policyx.cli.output import note
    from policyx.construct import constructions
    from policyx.errors import RuleError
    from policyx.rules import load_rules, read_rule_file

    failed = False
    packs = [str(file) for file in rules or ()]
    for file in files:
        try:
            entries = [entry for kind in read_rule_file(Path(file)).values() for entry in kind]
            replaced = sum(load_rules(packs).find(entry["id"]) is not None for entry in entries)
            constructions(load_rules([*packs, file]))
        except RuleError as error:
            note(str(error))
            failed = True
            continue
        note(f"{file}: {len(entries)} rules are right" + (f", {replaced} of them replace others" if replaced else ""))
    if failed:
        raise typer.Exit(1)


def _rules(packs: list[Any] | None) -> Any:
    from policyx.cli.work import rules_of

    return rules_of(tuple(str(file) for file in packs or ()))


def _gist(entry: dict[str, Any]) -> str:
    """What an entry is about, in a few words."""
    words = " ".join(entry.get("words", []))
    return " ".join(part for part in (entry.get("label", ""), entry.get("pattern", ""), words) if part)
