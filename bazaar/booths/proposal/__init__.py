"""A whole floor proposed from wishes and needs: frozen facts in, a plan with reasons out. Always the same for the same facts.

Those who need most blocks, then the most equipment, choose first, sector by sector, so that neighbours can be had. Where
somebody is left over, others move to booths that suit them as well (never those who stood there before). Where there are
too few booths for all, places go in the order of application. One booth for everybody comes before a second for anybody.
"""

from bazaar.booths.proposal.checking import clashes
from bazaar.booths.proposal.facts import Given, Missing, Place, Plan, Stand, Standing, Wish
from bazaar.booths.proposal.planning import propose

__all__ = [
    "Given",
    "Missing",
    "Place",
    "Plan",
    "Stand",
    "Standing",
    "Wish",
    "clashes",
    "propose",
]
