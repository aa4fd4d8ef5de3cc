"""Nouns that count persons: a measure of the codebook counts them all in one unit."""

from __future__ import annotations

PEOPLE = "people"

# "20,000 migrants" and "20,000 arrivals by small boat" are both a number of people, and so are "5,000
# patients" and "5,000 enrollees": which of a topic's measures it is tells the measure, not the noun.
PERSONS = frozenset(
    (
        "people, person, man, woman, child, adult, minor, human, migrant, immigrant, emigrant, arrival, "
        "refugee, asylum seeker, asylum-seeker, newcomer, passenger, applicant, claimant, detainee, "
        "deportee, returnee, offender, national, foreign national, small boat arrival, small boat migrant, "
        "patient, senior, retiree, beneficiary, enrollee, enrolee, recipient, consumer, customer, taxpayer, "
        "resident, citizen, american, tenant, renter, homeowner, pupil, student, employee, voter"
    ).split(", ")
)


def shared_unit(unit: str) -> str:
    """The unit in which claims of one measure are compared.

    Args:
        unit: A figure's unit. Its figure has a measure of the codebook: without one, migrants and
            applicants are counts of different things.

    Returns:
        "people" for any noun for persons, else the unit itself.
    """
    return PEOPLE if unit in PERSONS else unit
