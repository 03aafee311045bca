"""Makes report.pdf anew: a DOCX by python-docx, printed by LibreOffice. Run by hand; the tests read what is committed.

python tests/data/read/make_report.py
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

PARAGRAPHS = (
    "二〇二四年，山阳县坚持把科技创新摆在发展全局的核心位置，全年预计实现地区生产总值286.5亿元，同比增长6.2%；规模以上"
    "工业增加值增长8.1%，技术合同成交额突破26亿元，较上年增加3.5亿元。",
    "新增高新技术企业21家，总数达到138家；科技型中小企业入库246家，同比增长12.3%。国家、省、市级孵化器分别达到1、3、6家。",
    "全年安排科技专项资金4200万元，支持重点项目58个，兑现各类奖补资金1350万元，惠及企业96家。",
    "民生保障持续加强，城镇新增就业4600人，登记失业率控制在3.2%以内，居民人均可支配收入达到31250元，增长6.4%。",
    "生态环境继续改善，空气质量优良天数比率达到91.5%，完成造林面积2.4万亩，新建绿色工厂5家。",
)
ROWS = (
    ("类别", "指标", "单位", "“十四五”", "“十四五”"),
    ("类别", "指标", "单位", "2020年", "2025年"),
    ("创新投入", "全社会研发投入强度", "%", "1.2", "2.4"),
    ("创新投入", "高新技术企业数", "家", "62", "160"),
    ("创新产出", "技术合同成交额", "亿元", "8.5", "30"),
    ("创新产出", "每万人口高价值发明专利拥有量", "件", "1.6", "4"),
)


def main() -> None:
    """Write report.pdf beside this file."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Noto Sans CJK SC", Pt(15)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    section.header.paragraphs[0].text = "山阳县科技工作简报"
    _page_number(section.footer.paragraphs[0])
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("山阳县2024年科技创新工作情况报告")
    run.font.size = Pt(22)
    for heading, texts in (("一、主要工作情况", PARAGRAPHS[:3]), ("二、民生和生态", PARAGRAPHS[3:])):
        document.add_paragraph(heading)
        for text in texts:
            paragraph = document.add_paragraph(text)
            paragraph.paragraph_format.first_line_indent = Pt(30)
            paragraph.paragraph_format.line_spacing = 1.6
    document.add_paragraph("表1 “十四五”科技创新主要指标").alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(len(ROWS), 5, style="Table Grid")
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (1, 2)), ((0, 3), (0, 4)), ((2, 0), (3, 0)),
                        ((4, 0), (5, 0))):  # fmt: skip
        text = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = text
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        document.save(str(path))
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        target = str(Path(__file__).parent)
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", target, str(path)], check=True
        )


def _page_number(paragraph: docx.text.paragraph.Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = text
        run._r.append(element)
    paragraph.add_run(" —")


if __name__ == "__main__":
    main()
