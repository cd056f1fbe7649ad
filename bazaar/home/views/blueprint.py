"""The blueprint of the start pages, and the menus of the two desks."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, g, request, url_for
from flask_babel import gettext as _

from bazaar.fairs.queries import role_at
from bazaar.home.queries.menu import MOST_COUNTED, menu_counts

blueprint = Blueprint("home", __name__)
SETTINGS = (
    "fairs.days", "fairs.phases", "home.rules_of_fair", "fairs.privacy_words", "home.change_day", "home.remove_day",
    "home.change_zone", "home.withdraw", "home.bring_back", "home.duplicate",
)  # fmt: skip
PARTNERS = ("fairs.partner", "fairs.organisers", "fairs.organiser")


@dataclass(frozen=True)
class Entry:
    """One line of a menu."""

    label: str
    url: str
    current: bool
    count: int | str | None = None


def _entry(
    endpoint: str, label: str, belongs: tuple[str, ...], count: int | None = None, **values: Any
) -> Entry | None:
    """`belongs` are the endpoints (or whole features, as "booths.") whose pages mark this line."""
    if endpoint not in current_app.view_functions:
        return None
    at = request.endpoint or ""
    current = at == endpoint or any(
        at == one or (one.endswith(".") and at.startswith(one)) for one in belongs
    )
    shown = f"{MOST_COUNTED}+" if count is not None and count > MOST_COUNTED else count
    return Entry(label, url_for(endpoint, **values), current, shown)


def organiser_menu(slug: str) -> list[Entry | None]:
    counts = menu_counts(g.fair.id, most=MOST_COUNTED + 1)

    def line(endpoint: str, label: str, *belongs: str, count: int | None = None) -> Entry | None:
        return _entry(endpoint, label, belongs, count, slug=slug)

    return [
        line("home.organiser", _("Overview"), "home.health"),
        line("employers.exhibitors", _("Exhibitors"), "employers.", count=counts["exhibitors"]),
        line(
            "booths.floor",
            _("Halls and booths"),
            "booths.",
            "fairs.halls",
            "home.change_hall",
            count=counts["booths"],
        ),
        line("programme.talks", _("Programme"), "programme.", count=counts["talks"]),
        line("jobseekers.list", _("Jobseekers"), "jobseekers.", count=counts["jobseekers"]),
        line("followups.organiser_meetings", _("Meetings"), "followups.", count=counts["meetings"]),
        None,
        line("desk.index", _("Desk"), "desk.", "checkin.conflicts", "checkin.live", "checkin.scan"),
        line(
            "checkin.devices", _("Devices"), "checkin.device", "checkin.pair_device", count=counts["devices"]
        ),
        line("badges.print", _("Badges"), "badges."),
        line("fairs.staff", _("Staff"), "fairs.staff_member"),
        line("fairs.letters", _("Letters"), "fairs.letter"),
        None,
        line("fairs.settings", _("Settings"), *SETTINGS),
        line("fairs.partners", _("Partners and organisers"), *PARTNERS),
        line("fairs.journal", _("Journal")),
    ]


def desk_menu(slug: str) -> list[Entry | None]:
    """For staff, who do not organise."""
    return [
        _entry("desk.index", _("Desk"), ("desk.",), slug=slug),
        _entry("checkin.conflicts", _("Scans to decide"), ("checkin.scan",), slug=slug),
        _entry("checkin.live", _("Live at the doors"), (), slug=slug),
        _entry("badges.staff", _("My badge"), (), slug=slug),
        _entry("checkin.scanner", _("Scanner"), ()),
    ]


def exhibitor_menu(slug: str, exhibitor_id: Any) -> list[Entry | None]:
    def line(endpoint: str, label: str, *belongs: str) -> Entry | None:
        return _entry(endpoint, label, belongs, slug=slug, exhibitor_id=exhibitor_id)

    return [
        line("home.exhibitor", _("Overview"), "employers.place", "employers.withdraw"),
        line("employers.vacancies", _("Jobs"), "employers.vacancy", "employers.new_vacancy"),
        line("booths.choose", _("Booth"), "booths."),
        line("meetings.exhibitor_plan", _("Meetings"), "meetings."),
        line("queue.booth", _("Queue"), "queue."),
        line("checkin.exhibitor_devices", _("Scanner"), "checkin."),
        line("followups.exhibitor_list", _("Follow-up"), "followups."),
    ]


def organisation_menu(organisation_id: Any) -> list[Entry | None]:
    def line(endpoint: str, label: str, *belongs: str) -> Entry | None:
        return _entry(endpoint, label, belongs, organisation_id=organisation_id)

    return [
        _entry("home.exhibitor_start", _("Fairs"), ()),
        line("employers.organisation", _("The organisation")),
        line("employers.colleagues", _("Colleagues"), "employers.end_colleague"),
    ]


@blueprint.app_context_processor
def menus() -> dict[str, Any]:
    """The menu of the desk this page belongs to, once the view has loaded what the person may see."""
    if request.view_args is None:
        return {}
    if request.path.startswith("/exhibit/") and "organisation_id" in request.view_args:
        return {"nav": organisation_menu(request.view_args["organisation_id"])}
    if getattr(g, "fair", None) is None:
        return {}
    slug, exhibitor_id = request.view_args.get("slug"), request.view_args.get("exhibitor_id")
    if request.path.startswith(("/organise/", "/desk/")) and g.fair.slug == slug:
        organises = role_at(g.person, g.fair.id) is not None
        return {"nav": organiser_menu(slug) if organises else desk_menu(slug)}
    if request.path.startswith("/exhibit/") and exhibitor_id is not None:
        return {"nav": exhibitor_menu(str(slug), exhibitor_id)}
    return {}
