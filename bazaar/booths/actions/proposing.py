"""The whole floor at once."""

import uuid

from bazaar.booths import queries, rules
from bazaar.booths.actions.arranging import Before, rearrange
from bazaar.booths.models import FloorChange
from bazaar.booths.proposal import Plan, propose
from bazaar.booths.queries import Place
from bazaar.fairs.models import Fair


def proposal_for(fair: Fair) -> Plan:
    """A plan for everybody who has no booth on one of their days."""
    facts = queries.facts_for_proposal(fair)
    return propose(
        facts.stands, facts.wishes, facts.standing, sector_rule=fair.sector_rule, max_of_sector=fair.max_of_sector
    )  # fmt: skip


def apply(fair: Fair, plan: Plan, actor: uuid.UUID | None) -> FloorChange:
    """Everybody gets the booth of the plan, as one act that can be undone as one."""
    places: dict[Place, Before] = {}
    why: dict[Place, str] = {}
    for part in plan.given:
        for block in part.blocks:
            places[part.booth, block] = (None, part.exhibitor)
            why[part.booth, block] = rules.packed(part.reasons)
    return rearrange(fair, places, actor, "proposed", why)
