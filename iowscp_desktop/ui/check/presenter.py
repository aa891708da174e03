"""Checking and signing: what is still to fix, who signs next. Plain Python."""

from collections.abc import Callable

from iowscp_desktop.app import considering, responses
from iowscp_desktop.app.filling import Filling
from iowscp_desktop.app.signed_versions import signed_versions
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored
from iowscp_desktop.text import Check
from iowscp_desktop.ui.check.states import CheckState, CheckView, Signer, doubts, section_of, to_fix
from iowscp_desktop.ui.jobs import Job, Runner
from iowscp_desktop.ui.widgets.signed_versions import version_states


class CheckPresenter:
    """Shows what was answered and takes signatures."""

    def __init__(
        self,
        ws: Workspace,
        view: CheckView,
        *,
        filling: Filling,
        tell: Callable[[Changes], None],
        runner: Runner,
    ) -> None:
        self._ws, self._view, self._filling, self._tell, self._runner = ws, view, filling, tell, runner
        self._looks = 0
        self._waiting = Changes()
        self._is_seen = True

    def start(self) -> None:
        """Show how things stand."""
        self._view.show_state(self._state())
        self._look_over()

    def on_sign(self, role: str, name: str, *, own_device: bool | None) -> None:
        """Sign, if nothing is missing; else lead to what is.

        Args:
            own_device: Whether the signer sits at their own computer; None: they have not said.
        """
        if not self._filling.is_locked and self._filling.problems():
            self._view.go_to_fixes()
            return
        missing_name = "" if name.strip() else Check.name_missing
        missing_device = "" if own_device is not None else Check.device_missing
        self._view.show_sign_problems(role, name=missing_name, device=missing_device)
        if missing_name or own_device is None:
            return
        label = next(signer.label for signer in self._filling.tool.signers if signer.role == role)
        self._tell(responses.sign(self._ws, self._filling, role, name, own_device=own_device))
        self._view.say(Check.now_signed(label))

    def on_reopen(self, reason: str) -> None:
        """Open the response again."""
        self._tell(responses.reopen(self._ws, self._filling.response_id, reason))

    def on_seen(self, *, is_seen: bool) -> None:
        """The page came to the front or went; what changed meanwhile is looked at when it comes."""
        self._is_seen = is_seen
        if is_seen and self._waiting.registers:
            waiting, self._waiting = self._waiting, Changes()
            self.on_changed(waiting)

    def on_changed(self, changes: Changes) -> None:
        """Look again."""
        if self._filling.response_id not in changes.responses:
            return
        if not self._is_seen:
            self._waiting |= changes
            return
        self._filling.refresh(changes)
        self._view.show_state(self._state())
        self._look_over()

    def _look_over(self) -> None:
        """Look for names in everything that was written; a long audit takes a while, so that is done elsewhere."""
        self._looks += 1
        this = self._looks
        if self._filling.is_locked:
            self._view.show_doubts(0, ())
            return
        entries = [entry for section in self._filling.sections() for entry in section.asked]
        texts = considering.free_texts(self._ws, self._filling.response_id, entries)
        look = considering.looker(self._ws)

        def show(found: tuple[considering.Doubtful, ...]) -> None:
            if this == self._looks:
                self._view.show_doubts(*doubts(entries, found))

        self._runner.run(Job(work=lambda _ticket: considering.look_over(look, texts), on_done=show))

    def _state(self) -> CheckState:
        revision = responses.revision(self._ws, self._filling.response_id, self._filling.tool)
        problems = () if revision.finalised else self._filling.problems()
        return CheckState(
            title=self._filling.task.title,
            to_fix=to_fix(problems),
            fixes=len(problems),
            sections=tuple(section_of(section) for section in self._filling.sections() if section.asked),
            signers=_signers(revision.signatures),
            version=revision.number if revision.finalised else revision.number + 1,
            is_locked=revision.finalised,
            is_signed=revision.is_signed,
            has_changed=revision.changed_since,
            reopened=_reopened(revision.reopened),
            versions=version_states(signed_versions(self._ws, self._filling)),
        )


def _signers(signatures: tuple[responses.Signature, ...]) -> tuple[Signer, ...]:
    before = ("", *(signature.signer.label for signature in signatures))
    return tuple(
        Signer(
            role=signature.signer.role,
            label=signature.signer.label,
            note=signature.signer.note,
            name=signature.name,
            when=_moment(signature.at),
            own_device=signature.own_device,
            is_next=signature.is_next,
            after=after,
        )
        for signature, after in zip(signatures, before, strict=False)
    )


def _reopened(opened: responses.Reopening | None) -> str:
    return "" if opened is None else Check.reopened(opened.who, _moment(opened.at), opened.reason)


def _moment(stored: str) -> str:
    """Return a moment as people write it: 23 Nov 2026, 10:42."""
    if not stored:
        return ""
    moment = from_stored(stored).astimezone(LOCAL_ZONE)
    return Check.moment(moment)
