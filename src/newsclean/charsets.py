"""The character encodings that pages are written in: their names, their labels, and how to read a declaration.

Every encoding has one canonical name here, lower case, as docs/encodings.md lists them. Labels are read as browsers
read them (https://encoding.spec.whatwg.org/#names-and-labels): a label that names the smaller charset of old means
the larger one that pages really hold.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newsclean.patterns import lazy

MARK = "\ufffd"
"""The replacement character, which stands for one byte (or one broken sequence of UTF-8) that cannot be read."""


class Charset(NamedTuple):
    """An encoding: its canonical name, Python's codec for it, and the languages that are written in it.

    `languages` are keys of `charset_judge`'s profiles. `double` tells that its characters take one to four bytes and
    that a stray byte can shift the pairing of all that follows.
    """

    name: str
    codec: str
    languages: tuple[str, ...]
    double: bool = False


_LATIN = tuple("fr de es pt it ca nl sv da nb fi is pl cs sk hu ro sl sh sq tr lt lv et".split())
_CYRILLIC = ("ru", "uk", "be", "bg", "mk", "sr")

CHARSETS = {
    charset.name: charset
    for charset in (
        Charset("gb18030", "gb18030", ("zh-Hans", "zh-Hant"), double=True),
        Charset("big5-hkscs", "big5hkscs", ("zh-Hant",), double=True),
        Charset("shift_jis", "cp932", ("ja",), double=True),
        Charset("euc-jp", "euc_jp", ("ja",), double=True),
        Charset("cp949", "cp949", ("ko",), double=True),
        Charset("windows-1252", "cp1252", _LATIN),
        Charset("windows-1251", "cp1251", _CYRILLIC),
        Charset("windows-1250", "cp1250", _LATIN),
        Charset("windows-1253", "cp1253", ("el",)),
        Charset("windows-1254", "cp1254", _LATIN),
        Charset("windows-1255", "cp1255", ("he",)),
        Charset("windows-1256", "cp1256", ("ar", "fa")),
        Charset("windows-1257", "cp1257", _LATIN),
        Charset("windows-874", "cp874", ("th",)),
        Charset("koi8-r", "koi8_r", ("ru", "bg")),
        Charset("koi8-u", "koi8_u", ("uk", "be")),
        Charset("iso-8859-2", "iso8859_2", _LATIN),
        Charset("iso-8859-5", "iso8859_5", _CYRILLIC),
        Charset("iso-8859-7", "iso8859_7", ("el",)),
        Charset("iso-8859-15", "iso8859_15", _LATIN),
        Charset("iso-8859-13", "iso8859_13", _LATIN),
        Charset("iso-8859-4", "iso8859_4", _LATIN),
        Charset("iso-8859-6", "iso8859_6", ("ar", "fa")),
        Charset("iso-8859-8", "iso8859_8", ("he",)),
        Charset("ibm866", "cp866", _CYRILLIC),
        Charset("macintosh", "mac_roman", _LATIN),
        Charset("x-mac-cyrillic", "mac_cyrillic", _CYRILLIC),
        Charset("iso-8859-3", "iso8859_3", _LATIN),
        Charset("iso-8859-10", "iso8859_10", _LATIN),
        Charset("iso-8859-14", "iso8859_14", _LATIN),
        Charset("iso-8859-16", "iso8859_16", _LATIN),
        Charset("windows-1258", "cp1258", _LATIN),
    )
}
"""The legacy encodings that pages are told to be in, the commonest of each kind first: the first wins a draw."""

UNICODE_CODECS = {
    "utf-8": "utf_8",
    "utf-16-le": "utf_16_le",
    "utf-16-be": "utf_16_be",
    "utf-32-le": "utf_32_le",
    "utf-32-be": "utf_32_be",
    "iso-2022-jp": "iso2022_jp_ext",
}
"""The encodings that are told by their shape, and Python's codecs for them."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
"""What a file can start with that says how the rest is written."""

ALIASES = {
    "gb18030": "gb2312 gb_2312 gb_2312-80 gb2312-80 gbk x-gbk cp936 936 ms936 windows-936 chinese csgb2312 "
    "euc-cn gb csiso58gb231280 iso-ir-58 gb18030-2000 gb18030-2022 euccn eucgb2312-cn hz-gb-2312",
    "big5-hkscs": "big5 big-5 big5hkscs big5-tw csbig5 x-x-big5 cn-big5 x-big5 cp950 950 ms950 windows-950 big5-eten",
    "shift_jis": "shift-jis sjis s-jis x-sjis ms_kanji ms-kanji csshiftjis windows-31j ms932 cp932 932 mskanji "
    "shiftjis",
    "euc-jp": "eucjp x-euc-jp x-euc cseucpkdfmtjapanese ujis euc_jp",
    "cp949": "euc-kr euckr ks_c_5601-1987 ks_c_5601 ks_c_5601-1989 ksc5601 ksc_5601 ks_c-5601 korean cseuckr uhc "
    "csksc56011987 iso-ir-149 windows-949 949 ms949 x-windows-949 ks_x_1001 johab",
    "windows-1252": "latin1 latin-1 l1 iso-8859-1 iso8859-1 iso88591 iso_8859-1 ascii us-ascii cp1252 x-cp1252 1252 "
    "ansi iso_8859-1:1987 iso-ir-100 csisolatin1 ansi_x3.4-1968 cp819 ibm819 iso-8859 latin",
    "windows-1254": "latin5 l5 iso-8859-9 iso8859-9 iso88599 iso_8859-9 csisolatin5 cp1254 x-cp1254",
    "windows-874": "tis-620 tis620 iso-8859-11 iso8859-11 dos-874 cp874",
    "iso-8859-8": "iso-8859-8-i iso-8859-8-e logical visual hebrew",
    "koi8-r": "koi koi8 koi8_r cskoi8r",
    "koi8-u": "koi8-ru",
    "ibm866": "cp866 866 csibm866",
    "macintosh": "mac x-mac-roman csmacintosh macroman mac-roman",
    "utf-8": "utf8 utf_8 unicode-1-1-utf-8 x-unicode20utf8 utf-8-sig utf8mb4 u8",
    "utf-16-le": "utf-16 utf16 utf_16 utf-16le utf16le utf_16_le unicode ucs-2 iso-10646-ucs-2 csunicode",
    "utf-16-be": "utf-16be utf16be utf_16_be unicodefffe",
    "utf-32-le": "utf-32 utf32 utf-32le",
    "utf-32-be": "utf-32be",
    "iso-2022-jp": "csiso2022jp iso2022jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 jis",
}
"""Canonical name: the labels that mean it beside its own and those that Python's list of codecs leads to."""

_BY_LABEL = {label: name for name, labels in ALIASES.items() for label in labels.split()}

NOT_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})
"""Python's codecs from bytes to text that are no encodings of texts."""

HEAD_BYTES = 16384
"""How far into a page a declaration is looked for: browsers stop at 1,024, but real pages declare later."""

LABEL_CHARS = 200
"""How much of a label is looked at."""

_COMMENT = lazy(rb"<!--(?:.*?-->|.*)", re.DOTALL)  # an unclosed one is all comment, in one step
_META = lazy(rb"<meta\b([^<>]{1,2000})", re.IGNORECASE)
_XML = lazy(rb"<\?xml\b([^<>]{1,500})", re.IGNORECASE)
_CHARSET = lazy(rb"charset\s*=[\s\"'\\]*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = lazy(rb"encoding\s*=[\s\"'\\]*([\w.:-]{2,40})", re.IGNORECASE)
_LABEL = lazy(r"(?:.*charset\s*=)?[\s\"']*([\w.:-]{2,40})", re.IGNORECASE | re.DOTALL)


def canonical(label: str) -> str | None:
    """The canonical name for a label as people and pages write it, or None for none that is known.

    What follows the label in `utf-8, ie=edge` or `text/html; charset=gbk; x=y`, quotes and case are forgiven.
    """
    match = _LABEL.match(label[:LABEL_CHARS])
    if match is None or not match[1].isascii():
        return None
    name = match[1].lower()
    if name in CHARSETS or name in UNICODE_CODECS:
        return name
    return _BY_LABEL.get(name) or _BY_LABEL.get(name.replace("_", "-")) or _by_codec(name)


def _by_codec(name: str) -> str | None:
    """The canonical name for one of Python's own names, its codec's name for an encoding without one here."""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):  # the only way to ask
        return None
    # the property that bytes.decode() itself goes by to refuse codecs such as "hex"
    if not getattr(codec, "_is_text_encoding", True) or codec.name.replace("-", "_") in NOT_CHARSETS:
        return None
    return _names_by_codec().get(codec.name, codec.name)


@cache
def _names_by_codec() -> dict[str, str]:
    """Canonical names by the names that Python's codecs give themselves; to ask them all takes time."""
    known = {name: charset.codec for name, charset in CHARSETS.items()} | UNICODE_CODECS
    return {codecs.lookup(codec).name: name for name, codec in known.items()}


def codec_of(name: str) -> str:
    """Python's codec for a canonical name."""
    return CHARSETS[name].codec if name in CHARSETS else UNICODE_CODECS.get(name, name)


def declarations(data: bytes) -> Iterator[tuple[str, str]]:
    """What a page's head declares, in order of trust: pairs of where and the label as written."""
    head = _COMMENT.sub(b"", data[:HEAD_BYTES].replace(b"\0", b""))
    for where, tag, pattern in (("meta", _META, _CHARSET), ("XML declaration", _XML, _XML_ENCODING)):
        for match in tag.finditer(head):
            label = pattern.search(match[1])
            if label is not None:
                yield where, label[1].decode("ascii")
