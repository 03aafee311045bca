"""The examples that the help of each command ends with: how it is called, and what that does."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "": (
        ("extract report.pdf", "every quantity of a document, with its evidence"),
        ("extract reports/ -o figures.xlsx", "a folder to one workbook"),
        ("batch reports/ figures.duckdb", "thousands of documents to a database, again and again"),
        ("report reports/ -o report.html", "a page with tables and charts beside the texts"),
        ("explain report.pdf --grep 孵化器", "why a record says what it says"),
    ),
    "extract": (
        ("extract report.pdf", "a table on a terminal, JSON Lines in a pipe"),
        ("extract reports/ -o figures.xlsx", "a folder to one workbook"),
        ("extract 'reports/**/*.html' --status 目标 --year 2025年 -f csv", "targets for 2025 as CSV"),
        ("extract report.txt --columns 名称,数值,年份 --evidence", "some columns, with the sentence"),
    ),
    "batch": (
        ("batch reports/ figures.duckdb", "a folder to a database; run again, it reads what is new"),
        ("batch --files-from list.txt figures -f parquet", "the files of a list to a folder of Parquet shards"),
    ),
    "check": (
        ("check report.docx", "whether the figures of a document add up"),
        ("check reports/ --verdict contradicted -o findings.html", "what contradicts itself, as a page"),
    ),
    "panel": (
        ("panel reports/ -o panel.dta", "a panel of the headline indicators for Stata"),
        ("panel figures.duckdb --wide -f csv", "one column for each year, as CSV"),
    ),
    "serve": (
        ("serve", "a page on this machine to drop files on"),
        ("serve --port 8080 --open", "on this port, and open the browser"),
    ),
    "track": (
        ("track figures.duckdb -o aims.html", "what became of the aims, as a page"),
        ("track reports/ --indicator 地区生产总值 --show paths", "the paths of one indicator over the years"),
    ),
    "report": (
        ("report reports/ -o report.html", "a page with all records beside their texts"),
        ("report report.pdf -o report.html --lang zh", "the same in Chinese"),
    ),
    "clean": (
        ("clean scan.txt > clean.txt", "the repaired text"),
        ("clean scan.txt --diff", "the lines that change, and how"),
    ),
    "quantities": (
        ("quantities 研发投入1.5亿元，增长8%左右", "the quantities of a text"),
        ("quantities --lines titles.txt -f json", "of each line of a file"),
    ),
    "explain": (
        ("explain report.txt --grep 孵化器", "why these records say what they say"),
        ("explain report.txt --at 1250", "what became of the number at this place"),
    ),
    "text": (
        ("text report.pdf", "the text that was read, in which offsets count"),
        ("text reports/ -f jsonl", "of each document, with title, date and issuer"),
    ),
    "formats": (
        ("formats", "what can be read and written here"),
        ("formats -f json", "the same for programs"),
    ),
    "rules": (
        ("rules list indicator", "the indicators that are known"),
        ("rules show enterprise.high_tech", "one rule as it stands in its file"),
    ),
    "rules list": (
        ("rules list indicator", "the indicators that are known, with their other names"),
        ("rules list unit --rules mine.toml", "the units, your own among them"),
    ),
    "rules show": (
        ("rules show enterprise.high_tech", "an indicator"),
        ("rules show bound.ge", "the words that mean at least"),
    ),
    "rules check": (
        ("rules check mine.toml", "whether your rules are right, and what they replace"),
        ("rules check more.toml --rules mine.toml", "on top of other rules of yours"),
    ),
    "review": (
        ("review figures.xlsx", "how many of the judged records are right, by indicator"),
        ("review figures.xlsx --as-gold -o gold.jsonl", "what was judged as a file to measure against"),
    ),
    "measure": (
        ("measure gold.jsonl", "how well these documents are read now"),
        ("measure gold.jsonl --show", "the same, with every miss and wrong field"),
    ),
    "completion": (
        ("completion bash >> ~/.bashrc", "for bash, from the next start on"),
        ("completion fish > ~/.config/fish/completions/policyx.fish", "for fish"),
    ),
    "schema": (
        ("schema", "the schema of -f json"),
        ("schema record", "the schema of a line of -f jsonl"),
    ),
}
