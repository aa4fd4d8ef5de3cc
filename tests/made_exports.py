"""Made-up archive exports in the formats that Framelines reads; every word of them is our own."""

from __future__ import annotations

import datetime
import html
import random
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

WORDS = (
    "harbour council ferry winter bridge mayor lantern market orchard tunnel budget teacher river plan vote "
    "station garden ticket library engine meadow survey repair timber window village market-day reader"
).split()
OUTLETS = (
    "The Harbour Gazette",
    "Morning Lantern (Eastwick)",
    "Eastwick Evening Post",
    "The Meadow Observer",
)
NAMES = ("Ada Fenwick", "Tom Okoro", "Lena Brandt", "Jules Marchand")


@dataclass(frozen=True)
class MadeDocument:
    """What a document of an export was built from."""

    number: int = 1
    outlet: str | None = "The Harbour Gazette"
    headline: str | None = "Council votes to mend the old bridge"
    day: datetime.date | None = datetime.date(2024, 3, 5)
    byline: str | None = "Ada Fenwick"
    paragraphs: tuple[str, ...] = ("The council voted on Monday to mend the bridge before winter.",)
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text of the article that it should become."""
        return "\n".join(self.paragraphs)

    @property
    def words(self) -> int:
        """Words of its text."""
        return len(self.text.split())

    @property
    def accession(self) -> str:
        """An accession number as Factiva gives them."""
        return f"HARBR00020240305ek35{self.number:05d}"


@dataclass(frozen=True)
class FieldNames:
    """The words of an export in one language of its interface."""

    marker: str
    byline: str
    section: str
    length: str
    words: str
    loaded: str
    language: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    date: str
    headline: str | None = None
    body: str | None = None


LANGUAGES = {
    "en": FieldNames(
        "{n} of {total} DOCUMENTS", "BYLINE", "SECTION", "LENGTH", "words", "LOAD-DATE", "LANGUAGE",
        tuple(
            "January February March April May June July August September October November December".split()
        ),
        tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
        "{month} {day}, {year} {weekday}",
    ),
    "de": FieldNames(
        "Dokument {n} von {total}", "AUTOR", "RUBRIK", "LÄNGE", "Wörter", "UPDATE", "SPRACHE",
        tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
        tuple("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()),
        "{weekday} {day}. {month} {year}",
    ),
    "fr": FieldNames(
        "{n} de {total} DOCUMENTS", "AUTEUR", "RUBRIQUE", "LONGUEUR", "mots", "DATE-CHARGEMENT", "LANGUE",
        tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
        tuple("lundi mardi mercredi jeudi vendredi samedi dimanche".split()),
        "{day} {month} {year} {weekday}",
    ),
    "nl": FieldNames(
        "{n} van {total} DOCUMENTEN", "AUTEUR", "RUBRIEK", "LENGTE", "woorden", "LAADDATUM", "TAAL",
        tuple(
            "januari februari maart april mei juni juli augustus september oktober november december".split()
        ),
        tuple("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()),
        "{day} {month} {year} {weekday}", headline="KOP", body="TEKST",
    ),
    "es": FieldNames(
        "{n} de {total} DOCUMENTOS", "AUTOR", "SECCIÓN", "LONGITUD", "palabras", "FECHA-DE-CARGA", "IDIOMA",
        tuple(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
        ),
        tuple("lunes martes miércoles jueves viernes sábado domingo".split()),
        "{day} de {month} de {year} {weekday}",
    ),
}  # fmt: skip


def make_documents(count: int, seed: int = 1) -> list[MadeDocument]:
    """Documents with different outlets, days, headlines and bodies."""
    chance = random.Random(seed)
    return [
        MadeDocument(
            number,
            chance.choice(OUTLETS),
            _make_headline(chance),
            datetime.date(2019, 1, 1) + datetime.timedelta(days=chance.randrange(2000)),
            chance.choice(NAMES),
            tuple(_make_paragraph(chance) for _ in range(chance.randint(1, 5))),
        )
        for number in range(1, count + 1)
    ]


def _make_headline(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(3, 18))).capitalize()


def _make_paragraph(chance: random.Random) -> str:
    sentences = (chance.choices(WORDS, k=chance.randint(4, 16)) for _ in range(chance.randint(1, 6)))
    return " ".join(" ".join(["The", *words]) + "." for words in sentences)


def write_date(day: datetime.date, language: str = "en") -> str:
    """A date line in one of the languages."""
    names = LANGUAGES[language]
    return names.date.format(
        day=day.day, month=names.months[day.month - 1], year=day.year, weekday=names.weekdays[day.weekday()]
    )


def nexis_text(
    documents: Sequence[MadeDocument],
    *,
    language: str = "en",
    total: int | None = None,
    cover: str = "Terms: harbour and bridge\n\nSource: All of them\nProject ID:\n",
) -> str:
    """The older export of Nexis, in text of 80 columns."""
    whole = total or (documents[-1].number if documents else 0)
    return cover + "".join(_nexis_document(document, language, whole) for document in documents)


def _nexis_document(document: MadeDocument, language: str, total: int) -> str:
    names = LANGUAGES[language]
    blocks = [names.marker.format(n=document.number, total=total).center(80).rstrip()]
    blocks += [document.outlet.center(80).rstrip()] if document.outlet else []
    blocks += [write_date(document.day, language).center(80).rstrip()] if document.day else []
    if document.headline:
        named = f"{names.headline}: {document.headline}" if names.headline else document.headline
        blocks.append(_wrap(named))
    blocks += [f"{names.byline}: {document.byline}"] if document.byline else []
    blocks += [f"{names.section}: News; Pg. 4", f"{names.length}: {document.words} {names.words}"]
    blocks += [f"{name}: {value}" for name, value in document.extra.items()]
    blocks += [f"{names.body}:"] if names.body else []
    blocks += [_wrap(paragraph) for paragraph in document.paragraphs]
    loaded = write_date(document.day or datetime.date(2024, 1, 1), language)
    blocks += [f"{names.loaded}: {loaded}", f"{names.language}: ENGLISH"]
    copyright_ = f"Copyright 2024 {document.outlet or 'Harbour Press'}".center(80).rstrip()
    return "\n\n".join([*blocks, copyright_ + "\n" + "All Rights Reserved".center(80).rstrip()]) + "\n\n\n"


def _wrap(text: str) -> str:
    return textwrap.fill(text, 80, break_on_hyphens=False, break_long_words=False)


def nexis_html(documents: Sequence[MadeDocument], *, counted: int | None = None, first: int = 1) -> str:
    """The older export of Nexis, in HTML; ``counted`` is what its META tag counts."""
    total = counted if counted is not None else len(documents)
    pieces = [
        "<HTML><HEAD><STYLE>.c0 { text-align: center; }\n.c5 { text-align: left; }</STYLE>",
        f'<META TOPIC="null" DOCUMENTS="{total}" UPDATED="today" /></HEAD><BODY>',
    ]
    for n, document in enumerate(documents):
        pieces.append(
            f'<A NAME="DOC_ID_{n + 1}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER={n + 1}>'
        )
        pieces.append("<DOCFULL> -->")
        pieces.append(_centre(f"{n + first} of {first + total - 1} DOCUMENTS"))
        pieces += [_centre(document.outlet)] if document.outlet else []
        pieces += [_centre(write_date(document.day))] if document.day else []
        pieces += [_left(f"<SPAN>{html.escape(document.headline)}</SPAN>")] if document.headline else []
        pieces += [_left(f"<SPAN>BYLINE: </SPAN>{html.escape(document.byline)}")] if document.byline else []
        pieces.append(_left(f"<SPAN>LENGTH: </SPAN><SPAN>{document.words} words</SPAN>"))
        body = "\n".join(f"<P><SPAN>{html.escape(paragraph)}</SPAN></P>" for paragraph in document.paragraphs)
        pieces.append(f'<BR><DIV CLASS="c5">{body}</DIV>')
        pieces.append(_left("<SPAN>LOAD-DATE: </SPAN><SPAN>March 6, 2024</SPAN>"))
        pieces.append(_centre("Copyright 2024 Harbour Press<BR>All Rights Reserved"))
        pieces.append("<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->")
    return "\n".join([*pieces, "</BODY></HTML>"])


def _centre(inner: str | None) -> str:
    return f'<BR><DIV CLASS="c0"><P CLASS="c0">{inner}</P></DIV>'


def _left(inner: str) -> str:
    return f'<BR><DIV CLASS="c5"><P CLASS="c5">{inner}</P></DIV>'


def nexis_uni(
    documents: Sequence[MadeDocument], *, counted: int | None = None, cover: bool = True
) -> list[str]:
    """The paragraphs of a Word file from Nexis Uni; ``counted`` is what its cover page counts."""
    total = counted if counted is not None else len(documents)
    lines = ["", "Date and Time: Friday, 5. July 2024 09:31:00 CEST", "Job Number: 00000007"] if cover else []
    lines += [f"Documents ({total})"] if cover else []
    for n, document in enumerate(documents if cover else (), 1):
        lines += [
            f"{n}. {document.headline}",
            "Client/Matter: -None-",
            "Search Terms: harbour",
            "Narrowed by: ",
            "",
        ]
    for document in documents:
        lines += ["", "", document.headline or "No Headline In Original", document.outlet or ""]
        lines += [write_date(document.day) + " 9:20 AM GMT"] if document.day else []
        lines += ["", "\nCopyright 2024 Harbour Press All Rights Reserved"]
        lines += ["Section:\u00a0NEWS; Version:2", f"Length:\u00a0{document.words} words"]
        lines += [f"Byline:\u00a0{document.byline}"] if document.byline else []
        lines += ["Body", "", *document.paragraphs, "Classification", "", "Language:\u00a0ENGLISH"]
        lines += [
            "\nPublication-Type:\u00a0Newspaper",
            "\nLoad-Date:\u00a0March 6, 2024",
            "",
            "\nEnd of Document",
        ]
    return lines


def write_docx(path: Path, paragraphs: Sequence[str]) -> None:
    """A Word file of paragraphs."""
    import docx

    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))


def write_rtf(path: Path, paragraphs: Sequence[str]) -> None:
    """A rich text file of paragraphs."""
    body = "".join(_escape_rtf(line) + "\\par\n" for line in paragraphs)
    path.write_text("{\\rtf1\\ansi\\deff0 " + body + "}", encoding="ascii")


def _escape_rtf(text: str) -> str:
    escaped = text.strip().replace("\\", r"\\").replace("{", r"\{").replace("}", r"\}")
    return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in escaped)


FACTIVA_WORDS = {"en": ("words", "English"), "de": ("Wörter", "Deutsch"), "fr": ("mots", "Français")}


def factiva_html(
    documents: Sequence[MadeDocument], *, coded: bool = False, language: str = "en", ids: bool = True
) -> str:
    """An export of Factiva in HTML, as plain blocks or as a table of field codes."""
    build = _factiva_coded if coded else _factiva_plain
    articles = "<br/><span></span>".join(build(document, language, ids) for document in documents)
    return (
        "<html><head><title>Factiva</title></head><body><h1>Dow Jones Factiva</h1>"
        f'<form><div id="contentWrapper"><div id="contentLeft">{articles}</div></div></form></body></html>'
    )


def _factiva_date(day: datetime.date, language: str) -> str:
    return f"{day.day} {LANGUAGES[language].months[day.month - 1]} {day.year}"


def _factiva_paragraphs(document: MadeDocument) -> str:
    return "".join(
        f'<p class="articleParagraph enarticleParagraph">{html.escape(p)}  </p>\n'
        for p in document.paragraphs
    )


def _factiva_plain(document: MadeDocument, language: str, ids: bool) -> str:
    words, name = FACTIVA_WORDS[language]
    header = ["<div>Home Desk; A</div>"]
    header += (
        [f"<div id=\"hd\"><b class='enHeadline'>{document.headline}</b></div>"] if document.headline else []
    )
    header += [f'<div class="author">By {document.byline}  </div>'] if document.byline else []
    header.append(f"<div>{document.words} {words}</div>")
    header += [f"<div>{_factiva_date(document.day, language)}</div>"] if document.day else []
    header += ["<div>15:32</div>"]
    header += [f"<div>{document.outlet}</div>"] if document.outlet else []
    header += [
        "<div>HARBR</div>",
        "<div>4</div>",
        f"<div>{name}</div>",
        "<div>Copyright 2024 Harbour Press.</div>",
    ]
    inner = "".join(header) + _factiva_paragraphs(document)
    inner += f"<p>Harbour Press</p><p>Document {document.accession}</p>"
    article = f'<div class="article enArticle">{inner}</div>'
    return f'<div id="article-{document.accession}" class="article">{article}</div>' if ids else article


def _factiva_coded(document: MadeDocument, language: str, ids: bool) -> str:
    words, name = FACTIVA_WORDS[language]
    rows = {
        "HD": document.headline and f"<b class='enHeadline'>{document.headline}</b>",
        "BY": document.byline and f"By {document.byline}",
        "WC": f"{document.words} {words}",
        "PD": document.day and _factiva_date(document.day, language),
        "ET": "15:32",
        "SN": document.outlet,
        "SC": "HARBR",
        "LA": name,
        "LP": _factiva_paragraphs(replace(document, paragraphs=document.paragraphs[:1])),
        "TD": _factiva_paragraphs(replace(document, paragraphs=document.paragraphs[1:])),
        "NS": "gcat : Political/General News",
        "AN": f"Document {document.accession}",
    }
    cells = "".join(
        f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>'
        for code, value in rows.items()
        if value
    )
    return f'<div class="article enArticle"><table>{cells}</table></div>'


def factiva_xml(documents: Sequence[MadeDocument], *, counted: int | None = None) -> str:
    """An export of Factiva in XML; ``counted`` is what its result set counts."""
    total = counted if counted is not None else len(documents)
    articles = "".join(_factiva_article(document) for document in documents)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<PPSResponse><ppsArticleResponse xmlns="urn:made-up">'
        f'<ppsarticleResultSet count="{total}">{articles}</ppsarticleResultSet>'
        "</ppsArticleResponse></PPSResponse>"
    )


def _factiva_article(document: MadeDocument) -> str:
    first, *rest = (f"<paragraph>{html.escape(p)}</paragraph>" for p in document.paragraphs)
    date = (
        f"<publicationDate><dateTime>{document.day}T01:35:58Z</dateTime></publicationDate>"
        if document.day
        else ""
    )
    source = f"<sourceName>{document.outlet}</sourceName>" if document.outlet else ""
    byline = f"<byline>{document.byline}</byline>" if document.byline else ""
    title = (
        f"<headline><paragraph><hlt>{document.headline}</hlt></paragraph></headline>"
        if document.headline
        else ""
    )
    return (
        f"<ppsarticle><article><accessionNo>{document.accession}</accessionNo>{title}{byline}"
        f"<leadParagraph>{first}</leadParagraph>{date}{source}<region code='x'><name>Eastwick</name></region>"
        f"<tailParagraphs>{''.join(rest)}</tailParagraphs><wordCount>{document.words}</wordCount>"
        "</article></ppsarticle>"
    )


def europresse_html(documents: Sequence[MadeDocument]) -> str:
    """An export of Europresse in HTML."""
    articles = "<p><br><br>".join(_europresse_article(document) for document in documents)
    return f"<html><head></head><body>{articles}</body></html>"


def europresse_new_html(documents: Sequence[MadeDocument]) -> str:
    """An export of Europresse in HTML, as its newer interface writes it."""
    articles = "".join(_europresse_new_article(document) for document in documents)
    return f"<!DOCTYPE html><html><head></head><body>{articles}</body></html>"


def _europresse_new_article(document: MadeDocument) -> str:
    date = f"{_european(document.day)} {document.words} mots, " if document.day else ""
    header = f'<span class="DocPublicationName">{document.outlet}</span>'
    header += f'<span class="DocHeader">Politique, {date}p. 3</span>'
    title = f'<p class="titreArticleVisu">{document.headline}</p>' if document.headline else ""
    header += f'<div class="titreArticle">{title}</div>'
    header += f'<p class="sm-margin-bottomNews">{document.byline}</p>' if document.byline else ""
    body = "".join(f"<p>{html.escape(p)}</p>" for p in document.paragraphs)
    text = f'<section><div class="DocText"><div class="docOcurrContainer">{body}</div></div></section>'
    number = f'<footer><div class="publiC-lblNodoc">{europresse_number(document)}</div></footer>'
    return f"<article><header>{header}</header>{text}{number}</article>"


def _european(day: datetime.date) -> str:
    words = write_date(day, "fr").split()
    return " ".join([words[3], *words[:3]])


def europresse_number(document: MadeDocument) -> str:
    """A document number as Europresse gives them."""
    return f"news·20240305·HG·{document.number:06d}"


def _europresse_article(document: MadeDocument) -> str:
    day = document.day and write_date(document.day, "fr").split()
    date = (
        f'<span class="DocHeader">{day[3]} </span><span class="DocHeader">{" ".join(day[:3])}</span>'
        if day
        else ""
    )
    header = f'<span class="DocPublicationName">{document.outlet}</span><br>'
    header += (
        f'<span class="DocHeader">Politique, </span>{date}<span class="DocHeader">, p. 03</span><br><br>'
    )
    header += (
        f'<span class="TitreArticleVisu">{document.headline}</span><br><br>' if document.headline else ""
    )
    header += f"{document.byline}<br>" if document.byline else ""
    body = "".join(f"<p></p>{html.escape(p)}" for p in document.paragraphs)
    number = europresse_number(document)
    closing = "<p></p><b><i>© 2024 Harbour Press. Tous droits réservés.</i></b><p></p>"
    closing += f"Numéro de document : {number}<br><table><tr><td>{number}</td></tr></table>"
    return f"<table><tr><td>{header}{body}{closing}</td></tr></table>"
