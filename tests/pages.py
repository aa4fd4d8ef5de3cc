"""Pages made up for the tests: the shapes of the seeds with words of our own."""

AGGREGATOR = """
Ministers agree ferry subsidy after talks in Porto
The two governments agreed a ferry subsidy on Tuesday, officials said.
"It is a start," said Ana Ruiz, the transport minister.
Hashtags

Try Our AI Features
Explore what Daily8 AI can do for you:
Comments
No comments yet...
Related Articles


Example Herald
an hour ago
- Example Herald
Bakers warn of flour shortage
{flattened}


Example Post
3 hours ago
- Example Post
Why trams may never return...
Trams left the city in 1962. Few people miss them. The council has no plan to bring them back.
"""

FLATTENED = (
    "Bakers have warned that flour is running short in every county this winter. "
    + "The mills say that deliveries are late and that prices have risen again. " * 12
    + "'Empty shelves' The union wants an inquiry into the mills and their prices. "
    + "A baker holds a loaf in the north of the county (Jo Field/PA) The minister promised an answer. "
    + "Why the mills should pay their share of the cost By Prof Lena Marsh Mills are where flour is made. "
    + "They should pay for it. Follow Example Herald on Facebook, Instagram and X."
)

LIVE_BLOG = """Sam Porter
Political Reporter
The chancellor will meet the bank's governor today to discuss the budget.
She said: "We will not rush."
FOLLOW BELOW FOR LIVE UPDATES
Governor warns of 'hard choices' before the autumn budget
The governor has warned that hard choices lie ahead for the government.
Backbenchers write to the Treasury over the timing of the vote
A group of backbenchers has written to the Treasury about the vote.
"We need more time," they wrote.
Budget LIVE
Welcome back to GB News' live blog.
"""

SINGLE = """News

Mayor opens the new bridge over the river

The mayor opened the bridge on Monday, two years late.

The new bridge

The mayor cuts a ribbon on the bridge\xa0(Image: Jo Field)

Advertisement

The mayor opened the bridge on Monday, two years late.

It cost £40\xa0million, she said.

LEAVE A RESPONSE

Your email address will not be published. Required fields are marked *
"""


def aggregator_page() -> str:
    """The aggregator page with its first related item flattened to one line."""
    return AGGREGATOR.format(flattened=FLATTENED)
