"""The pages of meetings: an employer's page, the jobseeker's day, the exhibitor's plan and times, calendars."""

from bazaar.meetings.views import calendars, employer, exhibitor, jobseeker, times
from bazaar.meetings.views.blueprint import blueprint

__all__ = ["blueprint", "calendars", "employer", "exhibitor", "jobseeker", "times"]
