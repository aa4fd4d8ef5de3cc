"""The names of a Nexis document's fields in English, German, French, Dutch, Spanish and Italian.

An export in another language of its interface has the same fields in the same places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMES = {
    "headline": "HEADLINE TITLE TITRE TITEL KOP ÜBERSCHRIFT UEBERSCHRIFT SCHLAGZEILE TITULAR TÍTULO TITULO "
    "TITOLO",
    "byline": "BYLINE AUTHOR AUTHORS AUTEUR AUTEURS AUTOR AUTOREN AUTORES AUTORE AUTORI SIGNATURE NAME "
    "VERFASSER",
    "body": "BODY TEXT TEXTE TEKST ARTICLE ARTIKEL TEXTO TESTO CUERPO CORPS",
    # The first lines of an article, set apart from the rest of it.
    "lead": "CHAPEAU LEAD VORSPANN",
    "standfirst": "HIGHLIGHT HIGHLIGHTS SUBHEAD SUBTITLE SURTITRE SOUS-TITRE UNTERTITEL ONDERTITEL ONDERKOP",
    "length": "LENGTH LÄNGE LAENGE LENGTE LONGUEUR LONGITUD EXTENSIÓN EXTENSION LUNGHEZZA",
    "picture": "GRAPHIC GRAPHICS GRAFIK GRAPHIQUE GRAFIEK GRÁFICO GRAFICO ILLUSTRATION",
    # What closes a document, and stands in no article.
    "closing": "LOAD-DATE LANGUAGE PUBLICATION-TYPE PUB-TYPE DOCUMENT-TYPE JOURNAL-CODE UPDATE SPRACHE "
    "ZEITUNGS-CODE DATE-CHARGEMENT LANGUE TYPE-PUBLICATION CODE-REVUE TAAL LAADDATUM PUBLICATIETYPE IDIOMA "
    "FECHA-DE-CARGA TIPO-DE-PUBLICACIÓN LINGUA PUB-SUBJECT",
    "other": "SECTION RUBRIK RUBRIQUE RUBRIEK SECCIÓN SECCION SEZIONE DATELINE ORTSZEILE PLAATS SERIES SERIE "
    "SÉRIE SHOW GUESTS GUEST ANCHORS ANCHOR HOST BIO EDITION ÉDITION AUSGABE EDITIE EDICIÓN SOURCE QUELLE "
    "BRON DISTRIBUTION COLUMN CONTACT URL NOTES NOTE CORRECTION CORRECTION-DATE CORR-DATE SUBJECT SUJET "
    "ONDERWERP COMPANY PERSON ORGANIZATION GEOGRAPHIC COUNTRY STATE CITY INDUSTRY TICKER TICKER-SYMBOL "
    "TRANSCRIPT ACC-NO ISSN DOI CATEGORY TYPE CUSIP PRODUCT INSERT-DATE",
}  # fmt: skip
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()} | {
    "VIEW ORIGINAL PAGE": "other",
    "JOURNAL CODE": "closing",
}
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_LABEL = re.compile(rf"({_CAPITAL}(?:{_CAPITAL}|[ '’/&().-]){{1,33}}):(?=\s|$)")
_ANY_LABEL = re.compile(r"([^\W\d_][\w -]{1,33}):(?=\s|$)")
_WORD_COUNT = re.compile(
    r"[0-9][0-9.,' ]{0,9} ?(?:words?|mots?|w(?:ö|oe)rter|wort|woord(?:en)?|palabras?|parole|palavras|ord)",
    re.IGNORECASE,
)
_MAX_VALUE = 8  # words: the value of a closing field is short
COPYRIGHT = re.compile(r"copyright\b|©|\(c\)\s*(?:copyright\b|[0-9]{4})|copy\s+[0-9]{4}\b", re.IGNORECASE)
RIGHTS = re.compile(r"(?:all rights|alle rechte|tous droits|todos los|tutti i diritti)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """A field's name as the export writes it, its kind ("unknown" for none of ours), where its value is."""

    name: str
    kind: str
    value: int

    @property
    def rule(self) -> str:
        """The rule that the field gives to a segment."""
        return f"Nexis field {self.name.upper()}"


def read_field(line: str, *, any_case: bool = False) -> Field | None:
    """The field that a line opens; None if it opens none.

    Args:
        line: A line without the white space around it.
        any_case: Whether small letters may stand in the name; then only names that are known are fields.
    """
    if _WORD_COUNT.fullmatch(line):
        return Field("LENGTH", "length", 0)
    match = (_ANY_LABEL if any_case else _LABEL).match(line)
    if match is None:
        return None
    name = " ".join(match[1].split())
    kind = _KINDS.get(name.upper(), _KINDS.get(name.upper().replace(" ", "-"), "unknown"))
    if any_case and kind == "unknown":
        return None
    if kind == "closing" and len(line[match.end() :].split()) > _MAX_VALUE:
        kind = "unknown"
    return Field(name, kind, match.end())
