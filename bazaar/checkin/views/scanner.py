"""The scanner: one page, which its modules in static/scanner fill."""

from flask import render_template
from flask_babel import gettext as _

from bazaar.checkin.views.blueprint import blueprint


@blueprint.get("/scan")
def scanner() -> str:
    return render_template("checkin/scanner.html", words=words())


def words() -> dict[str, str]:
    """What the modules say, in the reader's language. {braces} are filled in by them."""
    return {
        # How it stands
        "online": _("Online · {count} waiting"),
        "offline": _("Offline · {count} waiting"),
        "last": _("Last: {name} – {what}"),
        "checking": _("One moment"),
        # Green
        "welcome": _("Welcome {name}"),
        "welcome_nobody": _("Welcome"),
        "goodbye": _("Goodbye {name}"),
        "goodbye_nobody": _("Goodbye"),
        "in_at": _("in {time}"),
        "out_at": _("out {time}"),
        "scanned_at": _("scanned {time}"),
        "saved": _("Saved"),
        "saved_here": _("Saved on this phone. It sends when you are online."),
        "note_saved": _("Your note is saved"),
        "in_the_programme": _("Counted at this talk."),
        # Amber
        "already_in": _("Already in"),
        "already_out": _("Already out"),
        "already_scanned": _("Already scanned"),
        "first_by": _("{time} by {by}"),
        "go_in_again": _("{name} can go in again."),
        "go_in_again_nobody": _("They can go in again."),
        "went_out": _("{name} has been scanned out before."),
        "ask_first": _("Ask first"),
        "no_consent": _("They have not said yes to you yet."),
        # Red
        "not_let_in": _("not let in"),
        "not_counted": _("not counted"),
        "unknown_code": _("Unknown code"),
        "unknown_code_more": _("No badge has this code. Read it once more, or send them to the desk."),
        "other_fair": _("Another fair"),
        "other_fair_more": _("This badge is for another fair. Send them to the desk to register here."),
        "not_registered": _("Empty badge"),
        "not_registered_more": _("Nobody is registered on this badge yet. Send them to the desk."),
        "cancelled": _("Old code"),
        "cancelled_more": _("A newer badge was made, or the place was given back. Ask for the new code, or send them to the desk."),
        "clock_off": _("Wrong clock"),
        "clock_off_more": _("The clock of this phone is wrong. Set it, then scan again. The desk sees this scan."),
        "wrong_purpose": _("Not on this phone"),
        "wrong_purpose_more": _("This phone is paired for something else."),
        "bad_item": _("Not read"),
        "bad_item_more": _("The scan could not be read. Try once more."),
        "not_a_badge": _("Not a badge"),
        "not_a_badge_more": _("This is some other code. Look for the code on the badge."),
        "late": _("A saved scan needs the desk: {what}"),
        # The camera
        "camera_asks": _("Let this page use the camera: your phone asks you now."),
        "camera_refused": _("The camera is not allowed. Allow it in the browser's settings, or type the code."),
        "camera_missing": _("There is no camera here. Type the code, or use a hand scanner."),
        "camera_insecure": _("The camera works only over https. Type the code, or use a hand scanner."),
        "camera_broken": _("The camera could not be started. Type the code, or use a hand scanner."),
        # Pairing
        "code_missing": _("Write the pairing code."),
        "code_unknown": _("This code is not valid any more. Ask for a new one."),
        "too_many": _("That was too many times. Wait a little and try again."),
        "unreachable": _("You are offline. Try again when you have a connection."),
        "unpaired": _("This phone is not paired any more. What it had scanned was kept."),
        "type_missing": _("A badge code has 16 characters. Look at it once more."),
        # At the booth
        "not_now": _("Not now"),
        "number": _("Number {number}"),
        "not_in_queue": _("Not in the queue"),
        "nobody_met": _("Nobody yet. Those who share with you are listed here."),
        "profile_offline": _("Offline: you see the profile when you are online again."),
        "profile_hidden": _("This person does not share with you. You can write a note all the same."),
        "by_at": _("{by}, {time}"),
        "stars": _("Stars: {count}"),
        "none": _("Nothing agreed"),
        "call": _("Call"),
        "interview": _("Interview"),
        "send_cv": _("They send a CV"),
        "other": _("Something else"),
        "unsent": _("Scans not sent yet: {count}. They stay on this phone, and are sent when it is paired with this fair again."),
    }  # fmt: skip
