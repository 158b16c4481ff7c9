"""Workbooks and columnar tables, made by code as far as a format is text in a ZIP."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from tests.helpers.formats import DAY, FIRST, HEADLINE, PLAIN, THIRD, zipped

#: Title, date and text of two articles below their header.
ROWS: tuple[tuple[str | date, ...], ...] = (
    ("Title", "Date", "Text"),
    (HEADLINE, date.fromisoformat(DAY), PLAIN),
    ("Ports", date.fromisoformat(DAY), f"{THIRD} {FIRST}"),
)
Rows = Sequence[Sequence[str | date]]


def xlsx(*sheets: tuple[str, Rows]) -> bytes:
    """A workbook of Excel; days are numbers with the format of a day."""
    sheets = sheets or (("Articles", ROWS),)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, (name, _) in zip(numbers, sheets, strict=True)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{relations}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    return zipped(
        ("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>'.encode()),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'.encode(),
        ),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{listed}</sheets></workbook>'.encode(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{related}<Relationship Id="rIdS"'
            f' Type="{relations}/styles" Target="styles.xml"/></Relationships>'.encode(),
        ),
        ("xl/styles.xml", f'<styleSheet xmlns="{main}">{styles}</styleSheet>'.encode()),
        *(
            (f"xl/worksheets/sheet{number}.xml", f'<worksheet xmlns="{main}">{_sheet_data(rows)}</worksheet>'.encode())
            for number, (_, rows) in zip(numbers, sheets, strict=True)
        ),
    )  # fmt: skip


def _sheet_data(rows: Rows) -> str:
    lines = ("".join(map(_xlsx_cell, row)) for row in rows)
    return f"<sheetData>{''.join(f'<row>{line}</row>' for line in lines)}</sheetData>"


def _xlsx_cell(value: str | date) -> str:
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def ods() -> bytes:
    """A workbook of LibreOffice."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in ROWS)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='Articles'>{rows}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f"<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>{kind}</m:manifest>"
    whole = zipped(
        ("mimetype", kind.encode()), ("content.xml", content.encode()), ("META-INF/manifest.xml", manifest.encode())
    )
    return _with_stored_first_member(whole)


def _ods_cell(value: str | date) -> str:
    if isinstance(value, date):
        typed = f"office:value-type='date' office:date-value='{value}'"
        return f"<table:table-cell {typed}><text:p>{value}</text:p></table:table-cell>"
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f"<table:table-cell office:value-type='string'>{paragraphs}</table:table-cell>"


def _with_stored_first_member(data: bytes) -> bytes:
    """The ZIP with its first member not compressed, as the standard has it for ODS."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, member in enumerate(packed.infolist()):
            kind = zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED
            archive.writestr(zipfile.ZipInfo(member.filename, (2025, 3, 4, 9, 30, 0)), packed.read(member), kind)
    return out.getvalue()


def xls() -> bytes:
    """A workbook of Excel before 2007 with one article, made once with xlwt."""
    return zlib.decompress(base64.b85decode(b"".join(_XLS)))


def parquet() -> bytes:
    """A table in Parquet."""
    from pyarrow import parquet as arrow_parquet

    out = io.BytesIO()
    arrow_parquet.write_table(_arrow_table(), out)
    return out.getvalue()


def arrow() -> bytes:
    """A table in Arrow's file format, which Feather is today."""
    from pyarrow import feather

    out = io.BytesIO()
    feather.write_feather(_arrow_table(), out)
    return out.getvalue()


def _arrow_table(rows: Rows = ROWS) -> object:
    import pyarrow

    header, *below = rows
    return pyarrow.table(
        {str(name): list(values) for name, values in zip(header, zip(*below, strict=True), strict=True)}
    )


_XLS = (
    b"c-rk)O-L0{6#nk`)aS#Wr)i*qT!gGlglN-7pNi!s#X{(Zphn+_gU=b6H~qX8Wtpo8f>uR~1Y5MR+Vn#$Y8Me0wFrVhYuPF&XrWH$",
    b"o;OoZEAT-H#(cv)_uO;Ox%bSuzca7qD(9!~)h%EZ+EIXIuLMOoGC`>%D8xbao~PI#k5ckNY$%jOX&{RV@wn_|u^K})-V4xhH}Z@q",
    b"@PX1%jHA!C47rZzVjpy&d}t#oaDyb}sAaFJm<}=B#PkkpK4IFylFLlnNOxWw!Ca!RdAC1{4{42DR}R(g1Gag`lAWl*b2W?4T@hK`",
    b"LUcN&p4wm)4UtmJfCjY3unb3)D{u=jpu4-Zx3~2$VII{q*faR*N#IMcs-MbGzP@q+l7Cw%FaCo(N`tssepQPA6Y!4nBAKFn`BEgi",
    b"8FxCaIg~Qei?~Vi0zn!u-IPHp-MXu?0pqk=5A4$&YeYY3Skkp+%1#^7bklO!aGZ=zN+X6Gw;fm7!}6!*DKnLlLo1b~YdB-3rKhAt",
    b"4a+gxaz|R^n4Ym6*_qU3m!n%rSEh9{DQ!y*oG{W!J<}RfM+<L7@fBN9886XNqDfRRU&#wKPVcvP`}6DG!T!WCmQ3*RlRc!isF=XR",
    b"d1XPy<y@mNEuhrQ{0^oUxYc^*>zGzklqhfNuko3^ldN-*Yn!N_U5q!0tvUQQ;-^0Cf7mefF|nQa*`9?n)w6FC(`ckaGfDR9nM8|d",
    b"5!bINJW2$)@He#gOlyDH+@f0C_ucbP;tDLO<xHq#nk}j5h#w`*kCn0(zp)l<t>ST3i?MfA7<{4mb;?>rv0baeeGXkm&Q&0W5FtW@",
    b"2oWMgh!7hR!oL`+Yhc9xNKhB=V*kI+5~bzvH_3mC1F-3F>7#NFEXo~Z@|r)JQ7D48#2Rga|Ah(%sdopX7-T<2^Pa!-;Use3XU&H3",
    b"zqf?)?SDBRKmT$6-vNLY|GN",
)
