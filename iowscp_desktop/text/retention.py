"""Words of the screen on which records are kept, reviewed and erased."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from iowscp_desktop.text.records import kind
from iowscp_desktop.text.reports_words import day, size


class Retention:
    """How long things are kept, what is due, and what was erased."""

    area = "Records"
    settings = "Settings"
    section_about = "How long things are kept, what is past its time, and everything that mentions a person."
    section_button = "Keep and erase records"
    title = "Records: keeping and erasing"
    about = (
        "Nothing is erased by itself. What is past its time is listed here; you look at it, and then erase it for "
        "good or keep it longer, with a reason."
    )
    find_person = "Find a person"
    find_person_about = (
        "Somebody has asked what is held about them, or that it be erased: find every place that mentions them."
    )
    due_title = "Past its time"
    due_none = "Nothing is past its time."
    looking = "Looking through the records…"
    asked_title = "Others ask for it"
    asked_about = (
        "A school or agency has erased these on its side and asks you to do the same. You decide: it is your copy."
    )
    erased_title = "What was erased"
    erased_none = "Nothing has been erased in this workspace."
    schedule_title = "How long things are kept"
    schedule_about = (
        "These periods are suggestions of this program, not law. Set those of your own written policy. They count "
        "from the day the audit was due, on this computer."
    )
    review = "Review…"
    certificate = "Save certificate…"
    certificate_dialogue = "Save the certificate as a PDF"
    certificate_kinds = ("PDF (*.pdf)",)
    drop_backups = "Delete older copies"
    dropped_backups = "The backups that still held it are deleted, and what was put aside when one was restored."
    back = "Records"
    review_title = "Look at it before you erase it"
    what = "What"
    why_due = "Why it is listed"
    holds = "What it holds"
    files = "Files"
    kept_before = "Kept longer before"
    why = "Why is it erased?"
    whys: ClassVar[Mapping[str, str]] = {
        "due": "Its time is over",
        "asked": "The person it is about asked for it",
        "mistake": "It should not have been written or attached here",
        "other": "Another reason",
    }
    reason = "Write why, in a sentence"
    reason_hint = "It stands on the certificate. Do not repeat what is erased, and name nobody."
    reason_missing = "Write why first. Whoever asks later must be able to see it."
    sure = "I have looked at it. It cannot be brought back, not from a backup and not from an old file."
    not_sure = "Tick that you have looked at it. Erasing cannot be taken back."
    erase = "Erase for good"
    erasing = "Erasing. This can take a minute: the file is written anew."
    erased = "Erased for good. Save the certificate if you need to show it."
    keep = "Keep it longer"
    keep_for = "Keep it for"
    kept = "Kept. It is listed again when that time is over."
    cancel = "Not now"
    saved_show = "Show in folder"
    kinds: ClassVar[Mapping[str, str]] = {
        "response": "Whole response",
        "evidence": "Attached files",
        "earlier": "Earlier wordings",
        "scores": "A panel member’s scores",
        "set-aside": "Set aside, never let in",
    }
    periods: ClassVar[Mapping[str, str]] = {
        "response": "Responses, with everything in them",
        "evidence": "Files that were attached",
        "earlier": "Earlier wordings of answers",
        "scores": "Panel members’ own scores and remarks",
        "set-aside": "What was set aside when files were merged",
    }

    @staticmethod
    def period(months: int) -> str:
        """How long."""
        if months == 0:
            return "Until somebody decides"
        if months % 12:
            return f"{months} months"
        years = months // 12
        return "1 year" if years == 1 else f"{years} years"

    @staticmethod
    def line(kind: str, what: str) -> str:
        """What is listed."""
        return f"{Retention.kinds[kind]} · {what}" if what else Retention.kinds[kind]

    @staticmethod
    def due(months: int, since: date, until: date) -> str:
        """Why something is listed."""
        return f"Kept for {Retention.period(months).lower()} after {day(since)}; its time was over on {day(until)}."

    @staticmethod
    def asked(who: str, at: date, reason: str) -> str:
        """Why something is listed that others erased."""
        return f"{who} erased it on {day(at)}: {reason}"

    @staticmethod
    def counts(entries: int, files: int, bytes_: int) -> str:
        """How much it is."""
        words = "1 entry" if entries == 1 else f"{entries} entries"
        return f"{words}, {Retention.files_of(files, bytes_)}" if files else words

    @staticmethod
    def files_of(files: int, bytes_: int) -> str:
        """How many files, and how large together."""
        return f"{'1 file' if files == 1 else f'{files} files'}, {size(bytes_)}"

    @staticmethod
    def kind_line(name: str, count: int) -> str:
        """One kind of entry, and how many."""
        return f"{kind(name)}: {count}"

    @staticmethod
    def erased_line(who: str, at: date, entries: int, files: int) -> str:
        """What was done when by whom."""
        counts = Retention.counts(entries, 0, 0) + (f", {files} files" if files else "")
        return f"{day(at)} · {who} · {counts}"

    @staticmethod
    def backups(count: int) -> str:
        """How many backups still hold what was erased."""
        return "1 older copy still holds it" if count == 1 else f"{count} older copies still hold it"

    @staticmethod
    def kept_until(until: date, reason: str) -> str:
        """An earlier decision to keep it."""
        return f"Until {day(until)}: {reason}"

    @staticmethod
    def review_of(what: str) -> str:
        """What the button is called when it is read out by itself."""
        return f"Review {what}"

    @staticmethod
    def certificate_of(what: str) -> str:
        """What the button is called when it is read out by itself."""
        return f"Save the certificate of {what}"

    @staticmethod
    def drop_backups_of(what: str) -> str:
        """What the button is called when it is read out by itself."""
        return f"Delete older copies that hold {what}"

    @staticmethod
    def certificate_file(number: str) -> str:
        """What the file is called; the name tells nobody what it is about."""
        return f"certificate-{number}.pdf"

    @staticmethod
    def saved_at(place: str) -> str:
        """Where the certificate lies."""
        return f"The certificate is saved at {place}"
