"""Words and signs that numbers are written with: number words, scales, currencies, units of measurement."""

from __future__ import annotations

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split(" ")
    )
}
TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(" "), range(20, 100, 10), strict=True)
)
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12,
}  # fmt: skip
GROUPS = {"duo": 2.0, "trio": 3.0, "quartet": 4.0, "quintet": 5.0}
PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
MULTIPLES = {
    "doubl": 2.0, "halv": 0.5, "trebl": 3.0, "tripl": 3.0, "quadrupl": 4.0,
}  # fmt: skip

# Prefix or suffix as written -> the currency in words.
CURRENCIES = {
    "£": "pound sterling", "GBP": "pound sterling", "€": "euro", "EUR": "euro", "EUROS": "euro",
    "EURO": "euro",
    "$": "dollar", "US$": "dollar", "$US": "dollar", "US $": "dollar", "USD": "dollar",
    "A$": "Australian dollar", "AU$": "Australian dollar", "AU $": "Australian dollar",
    "$A": "Australian dollar",
    "C$": "Canadian dollar", "C $": "Canadian dollar", "JPY": "Japanese yen", "INR": "Indian rupee",
    "CA$": "Canadian dollar", "HK$": "Hong Kong dollar", "HK $": "Hong Kong dollar",
    "NZ$": "New Zealand dollar", "NZ $": "New Zealand dollar", "S$": "Singapore dollar",
    "¥": "Japanese yen", "Y=": "Japanese yen", "₹": "Indian rupee", "₪": "shekel", "CHF": "Swiss franc",
    "RM": "Malaysian ringgit", "SEN": "sen",
    "PS": "pound sterling",  # what is left of a pound sign in a text reduced to ASCII
    "POUND": "pound sterling", "POUNDS": "pound sterling", "QUID": "pound sterling",
    "STERLING": "pound sterling",
    "DOLLAR": "dollar", "DOLLARS": "dollar", "BUCKS": "dollar", "US DOLLARS": "dollar",
    "AUSTRALIAN DOLLARS": "Australian dollar", "CANADIAN DOLLARS": "Canadian dollar",
    "NEW ZEALAND DOLLARS": "New Zealand dollar", "HONG KONG DOLLARS": "Hong Kong dollar",
    "PENCE": "penny", "P": "penny", "CENT": "cent", "CENTS": "cent", "YEN": "Japanese yen",
    "YUAN": "Chinese yuan",
    "SHEKEL": "shekel", "SHEKELS": "shekel", "RUPEE": "Indian rupee", "RUPEES": "Indian rupee",
    "RINGGIT": "Malaysian ringgit",
    "ROUBLES": "rouble", "RUBLES": "rouble", "FRANCS": "franc", "SWISS FRANCS": "Swiss franc", "WON": "won",
    "LIRA": "lira", "PESOS": "peso", "KRONER": "krone", "KRONOR": "krona", "ZLOTY": "zloty",
}  # fmt: skip

# Abbreviations that cannot be read as a noun; "miles" and "hours" are counted nouns like any other.
MEASURES = {
    "mph": "mile per hour", "m.p.h": "mile per hour", "km/h": "kilometre per hour",
    "kph": "kilometre per hour",
    "mpg": "mile per gallon", "km": "kilometre", "cm": "centimetre", "mm": "millimetre",
    "μm": "micrometre", "nm": "nanometre",
    "ft": "foot", "in": "inch", "sq m": "square metre", "m2": "square metre", "sq ft": "square foot",
    "kg": "kilogram", "g": "gram", "mg": "milligram", "lb": "pound-mass", "lbs": "pound-mass", "oz": "ounce",
    "ml": "millilitre", "mL": "millilitre", "l": "litre",
    "GB": "gigabyte", "MB": "megabyte", "TB": "terabyte", "KB": "kilobyte",
    "W": "watt", "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "TW": "terawatt",
    "kWh": "kilowatt-hour",
    "MWh": "megawatt-hour", "GWh": "gigawatt-hour", "Hz": "hertz", "HZ": "hertz",
    "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz",
    "hp": "horsepower", "bhp": "brake horsepower", "rpm": "revolution per minute",
    "hrs": "hour", "hr": "hour", "mins": "minute", "min": "minute", "secs": "second", "sec": "second",
    "°C": "degree Celsius", "°F": "degree Fahrenheit", "ksi": "kilopound per square inch",
    "MPa": "megapascal",
}  # fmt: skip
LOOSE = {"in", "g", "l", "m", "sec", "min", "hr"}  # read as units only when glued to the number
SPELLINGS = {"meter": "metre", "kilometer": "kilometre", "liter": "litre", "centimeter": "centimetre",
             "millimeter": "millimetre"}  # fmt: skip
