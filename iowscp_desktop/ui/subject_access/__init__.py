"""The screen that finds everything that mentions a person."""

from iowscp_desktop.app import considering
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import Runner
from iowscp_desktop.ui.subject_access.page import SubjectAccessPage, Ways
from iowscp_desktop.ui.subject_access.presenter import SubjectAccessPresenter
from iowscp_desktop.ui.widgets.name_watch import at_once

__all__ = ["SubjectAccessPage", "SubjectAccessPresenter", "Ways", "open_subject_access"]


def open_subject_access(ws: Workspace, hub: Hub[Changes], runner: Runner, ways: Ways) -> SubjectAccessPage:
    """Open the search for a person; nothing is looked for until somebody asks."""
    page = SubjectAccessPage(ways)
    page.watch_names(at_once(considering.looker(ws)))
    page.start(SubjectAccessPresenter(ws, page, runner=runner, tell=hub.tell))
    return page
