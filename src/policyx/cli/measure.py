"""`policyx measure`: gold in, how well policyx reads its documents out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from policyx.cli.options import Lang, RuleFiles, language, one_of

if TYPE_CHECKING:
    from policyx.measure import Measured, Outcome

_FORMATS = ("table", "json")
_COLUMNS = ("source", "gold", "found", "extra", "precision", "recall", "quantity_f1", "record_f1")


def measure(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="GOLD...", help="Files of gold, as `policyx review --as-gold` writes them."),
    ],
    show: Annotated[bool, typer.Option("--show", help="List every miss, wrong field and extra record.")] = False,
    format: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="|".join(_FORMATS), help="Default: table, in a pipe json."),
    ] = None,
    rules: RuleFiles = None,
    lang: Lang = None,
) -> None:
    """Measure how well documents are read now against what people said of them: precision, recall, and each field."""
    if format is not None:
        one_of(format, _FORMATS, "--format")
    chosen_lang = language(lang)

    from policyx.cli.output import note, on_terminal, results
    from policyx.cli.work import rules_of
    from policyx.errors import ReadError
    from policyx.export.jsontext import json_text
    from policyx.measure import Measured
    from policyx.measure import measure as measured

    table = rules_of(tuple(str(path) for path in rules or ()))
    documents: dict[str, Outcome] = {}
    problems: list[ReadError] = []
    for path in paths:
        try:
            done = measured(path, rules=table)
        except ReadError as error:
            problems.append(error)
            continue
        documents.update(done.documents)
        problems += done.problems
    for problem in problems:
        note(str(problem))
    whole = Measured(documents)
    if documents:
        with results() as write:
            if (format or ("table" if on_terminal() else "json")) == "json":
                write(json_text(_plain(whole, show), indent=2) + "\n")
            else:
                write(_table(whole, chosen_lang))
                for source, outcome in documents.items():
                    write("".join(f"{source}:{remark}\n" for remark in outcome.remarks) if show else "")
    if problems:
        raise typer.Exit(1)


def _plain(whole: Measured, show: bool) -> dict[str, object]:
    from policyx.measure import figures

    documents = [
        {"source": source, **_counts(outcome.tally), **_shares(figures(outcome.tally))}
        | ({"remarks": list(outcome.remarks)} if show else {})
        for source, outcome in whole.documents.items()
    ]
    return {"documents": documents, "total": _shares(whole.total())}


def _counts(tally: dict[str, int]) -> dict[str, int]:
    return {key: tally.get(key, 0) for key in ("gold", "found", "extra", "whole")}


def _shares(shares: dict[str, float]) -> dict[str, object]:
    """The figures as decimals with four places."""
    from decimal import Decimal

    return {key: Decimal(f"{value:.4f}") for key, value in shares.items()}


def _table(whole: Measured, lang: str) -> str:
    from policyx.cli.output import colour_wanted, screen_width
    from policyx.export.table import rows_table
    from policyx.export.view import View
    from policyx.measure import FIELDS, figures

    def row(name: str, counts: dict[str, int], shares: dict[str, float]) -> list[str]:
        told = [str(counts[key]) for key in ("gold", "found", "extra")]
        return [name, *told, *(f"{shares[key]:.3f}" if counts["gold"] else "" for key in _COLUMNS[4:])]

    rows = [row(source, _counts(one.tally), figures(one.tally)) for source, one in whole.documents.items()]
    total: dict[str, int] = {}
    for one in whole.documents.values():
        for key, count in _counts(one.tally).items():
            total[key] = total.get(key, 0) + count
    shares = whole.total()
    rows.append(row("合计" if lang == "zh" else "all", total, shares))
    view = View(lang=lang, width=screen_width(), colour=colour_wanted())
    accuracies = [[f"{shares[f'{field}_accuracy']:.3f}" for field in FIELDS]]
    return rows_table(_COLUMNS, rows, view) + "\n" + rows_table(FIELDS, accuracies, view)
