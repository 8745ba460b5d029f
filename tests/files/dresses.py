"""The same rows as a file of every kind that Excel opens, written here byte by byte."""

import csv
import io
import struct
import zipfile


def as_csv(rows, encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode(encoding)


def as_page(rows):
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><table>{lines}</table></body></html>".encode()


def as_xml(rows):
    lines = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in rows
    )
    namespace = "urn:schemas-microsoft-com:office:spreadsheet"
    return f'<?xml version="1.0"?><Workbook xmlns="{namespace}" xmlns:ss="{namespace}"><Worksheet ss:Name="A"><Table>{lines}</Table></Worksheet></Workbook>'.encode()


def as_ods(rows):
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {namespaces}><office:body><office:spreadsheet><table:table table:name="A">{lines}</table:table></office:spreadsheet></office:body></office:document-content>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return packed.getvalue()


def as_xlsb(rows):
    """The binary workbook: records of a kind, a length and bytes (MS-XLSB 2.1.4)."""
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = _record(0x81) + _record(0x94, size) + _record(0x91)  # begin sheet, its size, begin rows
    for number, row in enumerate(rows):
        sheet += _record(0x00, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            is_text = isinstance(cell, str)
            sheet += (
                _record(0x06, place + _wide(cell))
                if is_text
                else _record(0x05, place + struct.pack("<d", cell))
            )
    sheet += _record(0x92) + _record(0x82)
    listed = _record(0x9C, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("A"))
    book = _record(0x83) + _record(0x8F) + listed + _record(0x90) + _record(0x84)
    kinds = "http://schemas.openxmlformats.org"
    relations = f'<Relationships xmlns="{kinds}/package/2006/relationships"><Relationship Id="rId1" Type="{kinds}/officeDocument/2006/relationships/{{}}" Target="{{}}"/></Relationships>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("_rels/.rels", relations.format("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/_rels/workbook.bin.rels", relations.format("worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return packed.getvalue()


def _record(kind, data=b""):
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(data)
    while length > 0x7F:
        head, length = head + bytes([length & 0x7F | 0x80]), length >> 7
    return head + bytes([length]) + data


def _wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


DRESSES = {"csv": as_csv, "page.xls": as_page, "xml.xls": as_xml, "ods": as_ods, "xlsb": as_xlsb}
