"""The walk-up queue at a booth, beside its booked meetings: stand in it, be called, come, be met."""
