"""What decode() makes of bytes: the verdict, the text, and what a stray byte costs. All texts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.decode import decode
from newsclean.errors import UnknownEncodingError

SIMPLIFIED = (
    "本报讯（记者周明远）昨日上午，云川市第三小学的新校舍正式投入使用，三百多名学生搬进了宽敞明亮的教室。"
    "校长说，学校将在这个学期开设更多的课外活动，让孩子们在学习之余得到全面的发展。市教育局的负责人表示，"
    "今年全市还要改造十二所农村学校，改善老师和学生的生活条件。"
)
TRADITIONAL = (
    "本報記者林雨晴報導，昨天下午在雲川市立圖書館舉行的新書發表會吸引了許多讀者參加，作者說這本書寫了十年，"
    "內容是他在山區學校教書時所看到的人和事。出版社表示，第一次印刷的三千本已經全部賣完，下個月將會再版。"
)
JAPANESE = (
    "雲川市は七日、市立図書館の新しい建物が完成したと発表した。来月から一般に公開される予定で、市民から"
    "は期待の声が上がっている。市長は「子どもたちが本に親しむ場所にしたい」と話した。カフェやホールも設けられる。"
)
KOREAN = (
    "운천시는 어제 새로운 시립 도서관의 문을 열었다고 밝혔다. 이 도서관은 다음 달부터 시민들에게 공개될 예정이며, "
    "어린이를 위한 공간도 마련되어 있다. 시장은 많은 사람들이 책을 가까이할 수 있기를 바란다고 말했다."
)
RUSSIAN = (
    "Вчера в городе Облачинске открылась новая библиотека. По словам директора, в ней собрано более десяти тысяч книг, "
    "а для детей работает отдельный зал. Жители города надеются, что она станет любимым местом."
)
GREEK = (
    "Η νέα βιβλιοθήκη του δήμου άνοιξε χθες τις πύλες της για το κοινό. Σύμφωνα με τη διευθύντρια, περισσότερα από "
    "δέκα χιλιάδες βιβλία περιμένουν τους αναγνώστες, ενώ για τα παιδιά υπάρχει ξεχωριστή αίθουσα."
)
FRENCH = (
    "La nouvelle bibliothèque de Nuageville a été inaugurée hier après-midi. Près de dix mille livres y sont proposés, "
    "et une salle est réservée aux élèves. « C’est un rêve », a déclaré la maire, très émue."
)
GERMAN = (
    "Die neue Bücherei in Wolkenstadt ist gestern eröffnet worden. Über zehntausend Bücher warten auf die Leser, "
    "und für die Jüngsten gibt es einen eigenen Raum, wie die Bürgermeisterin erklärte."
)
POLISH = (
    "Wczoraj w Chmurowie otwarto nową bibliotekę. Jak powiedziała dyrektorka, czeka w niej ponad dziesięć tysięcy "
    "książek, a dla najmłodszych urządzono osobną salę. Mieszkańcy są zachwyceni, że wreszcie się udało."
)
TURKISH = (
    "Bulutlu şehrinde yeni kütüphane dün açıldı. Müdürün verdiği bilgiye göre on binden fazla kitap okuyucuları "
    "bekliyor, çocuklar için ayrı bir salon da bulunuyor. Belediye başkanı, herkesi kütüphaneye çağırdı."
)

UNDECLARED = [
    ("utf-8", "utf-8", SIMPLIFIED),
    ("utf-8", "utf-8", FRENCH),
    ("utf-16-le", "utf-16-le", SIMPLIFIED),
    ("utf-16-be", "utf-16-be", GERMAN),
    ("utf-16-le", "utf-16-le", RUSSIAN),
    ("gbk", "gb18030", SIMPLIFIED),
    ("gbk", "gb18030", TRADITIONAL),
    ("big5", "big5-hkscs", TRADITIONAL),
    ("cp932", "shift_jis", JAPANESE),
    ("euc-jp", "euc-jp", JAPANESE),
    ("iso2022_jp", "iso-2022-jp", JAPANESE),
    ("euc-kr", "cp949", KOREAN),
    ("cp1251", "windows-1251", RUSSIAN),
    ("koi8-r", "koi8-r", RUSSIAN),
    ("iso8859-5", "iso-8859-5", RUSSIAN),
    ("cp1253", "windows-1253", GREEK),
    ("cp1252", "windows-1252", FRENCH),
    ("cp1252", "windows-1252", GERMAN),
    ("cp1250", "windows-1250", POLISH),
    ("iso8859-2", "iso-8859-2", POLISH),
    ("cp1254", "windows-1254", TURKISH),
]
"""Python's codec, the name that decode() gives, and a text."""

DOUBLE = [case for case in UNDECLARED if case[1] in {"gb18030", "big5-hkscs", "shift_jis", "euc-jp", "cp949"}]

undeclared = pytest.mark.parametrize(("codec", "name", "text"), UNDECLARED, ids=lambda value: value[:12])
double = pytest.mark.parametrize(("codec", "name", "text"), DOUBLE, ids=lambda value: value[:12])


def page(head: str, body: str) -> str:
    return f"<html><head>{head}<title>x</title></head><body><p>{body}</p></body></html>"


def lost(expected: str, found: str) -> int:
    """How many characters of `expected` lie between what both start with and what both end with."""
    start = next((at for at, pair in enumerate(zip(expected, found, strict=False)) if len(set(pair)) > 1), len(found))
    rest, found_rest = expected[start:][::-1], found[start:][::-1]
    end = next((at for at, pair in enumerate(zip(rest, found_rest, strict=False)) if len(set(pair)) > 1), None)
    return len(rest) - (min(len(rest), len(found_rest)) if end is None else end)


@undeclared
def test_told_apart_without_a_declaration(codec: str, name: str, text: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.encoding, decoded.text, decoded.replaced) == (name, text, 0)
    assert decoded.reason


@undeclared
def test_120_characters_suffice_from_anywhere(codec: str, name: str, text: str) -> None:
    for start in range(0, len(text) - 120, 19):
        piece = text[start : start + 120]
        assert decode(piece.encode(codec)).text == piece, name


@undeclared
def test_a_cut_inside_a_character_changes_nothing_else(codec: str, name: str, text: str) -> None:
    decoded = decode(text.encode(codec)[:-1])
    assert decoded.encoding == name
    assert decoded.text.rstrip("\ufffd") in {text[:-1], text}


@undeclared
@pytest.mark.parametrize("stray", [b"\xe3", b"\xff", b"\x80"], ids=["lead byte", "never valid", "control"])
def test_a_stray_byte_costs_what_it_touches(codec: str, name: str, text: str, stray: bytes) -> None:
    data = text.encode(codec)
    for at in range(10, len(data) - 10, 41):
        decoded = decode(data[:at] + stray + data[at:])
        assert decoded.encoding == name
        assert lost(text, decoded.text) <= 5, decoded.text


@double
def test_a_missing_byte_costs_what_it_touches(codec: str, name: str, text: str) -> None:
    data = text.encode(codec)
    losses = []
    for at in range(10, len(data) - 10, 13):
        decoded = decode(data[:at] + data[at + 1 :])
        assert decoded.encoding == name
        losses.append(lost(text, decoded.text))
    assert sorted(losses)[len(losses) // 2] <= 2
    assert max(losses) <= 6


def test_bad_bytes_become_one_mark_each_and_are_counted() -> None:
    data = "第一行".encode() + b"\xff\xfe\xfd" + ("第二行，" * 20).encode()
    decoded = decode(data)
    assert decoded.text.startswith("第一行\ufffd\ufffd\ufffd第二行")
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 3)


def test_a_mark_that_the_page_itself_holds_is_not_counted() -> None:
    assert decode("已经\ufffd损坏".encode()).replaced == 0
    assert decode("已经\ufffd损坏".encode("gb18030"), encoding="gb18030").replaced == 0


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_dropped(codec: str) -> None:
    decoded = decode("<meta charset=gbk>雨".encode(codec))
    assert decoded.text == "<meta charset=gbk>雨"
    assert decoded.reason == "byte order mark"


@pytest.mark.parametrize(
    ("head", "codec", "name"),
    [
        ('<meta charset="gb2312">', "gbk", "gb18030"),
        ("<meta charset=GBK>", "gbk", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gbk", "gb18030"),
        ("<META content='text/html;charset = gb2312' http-equiv=content-type>", "gbk", "gb18030"),
        ('<meta charset="gb2312, ie=edge">', "gbk", "gb18030"),
        ('<!-- <meta charset="big5"> --><meta charset="gbk">', "gbk", "gb18030"),
        ('<?xml version="1.0" encoding="gb2312"?>', "gbk", "gb18030"),
        ('<meta charset="big5">', "big5", "big5-hkscs"),
    ],
)
def test_declarations_are_read_as_browsers_do(head: str, codec: str, name: str) -> None:
    text = page(head, "雨中山川")
    decoded = decode(text.encode(codec))
    assert (decoded.encoding, decoded.text) == (name, text)
    assert decoded.reason.startswith("declared")


@pytest.mark.parametrize(
    ("label", "codec", "name", "word"),
    [
        ("latin-1", "cp1252", "windows-1252", "“déjà”"),
        ("ISO-8859-9", "cp1254", "windows-1254", "“değil”"),
        ("ks_c_5601-1987", "cp949", "cp949", "도서관"),
        ("x-sjis", "cp932", "shift_jis", "図書館の"),
        ("text/html; charset=windows-1251", "cp1251", "windows-1251", "книга"),
    ],
)
def test_what_the_container_declares_is_evidence_too(label: str, codec: str, name: str, word: str) -> None:
    decoded = decode(word.encode(codec), declared=label)
    assert (decoded.encoding, decoded.text) == (name, word)


def test_characters_beyond_gb2312_are_read_where_gb2312_is_declared() -> None:
    text = page("<meta charset=gb2312>", "朱镕先生与喆、堃二人" + SIMPLIFIED)
    assert decode(text.encode("gbk")).text == text


@pytest.mark.parametrize(
    ("head", "codec", "name", "body"),
    [
        ("<meta charset=gb2312>", "utf-8", "utf-8", SIMPLIFIED),
        ("<meta charset=utf-8>", "gbk", "gb18030", SIMPLIFIED),
        ("<meta charset=gb2312>", "big5", "big5-hkscs", TRADITIONAL),
        ("<meta charset=iso-8859-1>", "gbk", "gb18030", SIMPLIFIED),
        ("<meta charset=gbk>", "cp932", "shift_jis", JAPANESE),
        ("<meta charset=iso-8859-1>", "cp1251", "windows-1251", RUSSIAN),
        ("<meta charset=shift_jis>", "cp1252", "windows-1252", FRENCH),
        ("<meta charset=nonsense>", "euc-kr", "cp949", KOREAN),
    ],
)
def test_a_declaration_that_the_bytes_contradict_loses(head: str, codec: str, name: str, body: str) -> None:
    text = page(head, body)
    decoded = decode(text.encode(codec))
    assert (decoded.encoding, decoded.text) == (name, text)


def test_a_bad_byte_does_not_take_utf8_from_a_page_that_declares_gb2312() -> None:
    data = page("<meta charset=gb2312>", SIMPLIFIED).encode()
    decoded = decode(data[:-60] + b"\xb0" + data[-60:])
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 1)


def test_encoding_overrides_all_evidence() -> None:
    data = page("<meta charset=utf-8>", "é").encode()
    assert "Ã©" in decode(data, encoding="latin-1").text
    assert decode(data, encoding="latin-1").encoding == "windows-1252"
    assert decode(SIMPLIFIED.encode("gbk"), encoding="GB2312").text == SIMPLIFIED
    assert decode("雨".encode("utf-16-be"), encoding="utf-16be").text == "雨"


@pytest.mark.parametrize("name", ["klingon", "", "hex", "rot13", "a\0b", "idna", "é", "unicode_escape"])
def test_an_unknown_name_is_one_helpful_line(name: str) -> None:
    with pytest.raises(UnknownEncodingError) as caught:
        decode(b"x", encoding=name)
    assert "gb18030" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_plain_ascii_and_nothing_are_utf8() -> None:
    assert decode(b"").text == ""
    assert decode(b"Plain words.", declared="gbk").encoding == "utf-8"
    assert decode(b"NUL \0 in a page").encoding == "utf-8"


def test_a_cut_that_loses_the_first_escape_of_iso_2022_jp_is_made_good() -> None:
    text = f"<p>{JAPANESE}</p>"
    decoded = decode(text.encode("iso2022_jp")[6:])
    assert decoded.encoding == "iso-2022-jp"
    assert decoded.text == text[3:]


@pytest.mark.parametrize("body", ["┌───┬───┐\n│ 一 │ 二 │", "★★★★★ 推荐", "①②③④⑤⑥", "吡啶、嘧啶、噻唑、哌嗪等药物"])
def test_rows_of_rare_characters_are_left_alone(body: str) -> None:
    text = page("<meta charset=gbk>", SIMPLIFIED + body)
    assert decode(text.encode("gbk")).text == text


@settings(max_examples=150)
@given(st.binary(max_size=400), st.sampled_from([None, "gbk", "big5", "utf-16", "iso-2022-jp", "x" * 99, "hex"]))
def test_no_bytes_raise(data: bytes, declared: str | None) -> None:
    decoded = decode(data, declared=declared)
    assert 0 <= decoded.replaced <= decoded.text.count("\ufffd")


@settings(max_examples=100)
@given(
    st.binary(max_size=200), st.sampled_from(["gbk", "big5", "shift_jis", "euc-jp", "utf-16", "iso-2022-jp", "utf-7"])
)
def test_no_bytes_raise_where_the_encoding_is_given(data: bytes, encoding: str) -> None:
    assert decode(data, encoding=encoding).replaced >= 0


@settings(max_examples=50)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_valid_utf8_is_utf8(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text.removeprefix("\ufeff")


def test_a_declared_label_cannot_steer_the_terminal_that_shows_the_reason() -> None:
    data = "Мост через реку открыт с утра".encode("koi8-r")
    assert decode(data, declared="koi\x1b\x008_r").reason == "declared (container: koi\ufffd\ufffd8_r)"
