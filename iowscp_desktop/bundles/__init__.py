"""Seal and open what travels between people: a file in, proved members out. It knows nothing of the journal."""

from iowscp_desktop.bundles.canonical import canonical
from iowscp_desktop.bundles.enrolment import (
    Certificate,
    Enrolment,
    check_certificate,
    check_enrolment,
    invitation_of,
    make_certificate,
    make_enrolment,
)
from iowscp_desktop.bundles.files import (
    BUNDLE_SUFFIX,
    INVITATION_SUFFIX,
    FileKind,
    file_sha256,
    neutral_name,
    peek,
    write_new_file,
)
from iowscp_desktop.bundles.invitations import (
    InvitationDraft,
    OpenInvitation,
    open_invitation,
    write_invitation,
)
from iowscp_desktop.bundles.manifest import (
    LIMITS,
    BundleDraft,
    Limits,
    Manifest,
    Member,
    MemberSource,
    Range,
    digest,
)
from iowscp_desktop.bundles.reading import MemberContent, OpenBundle, Trust, open_bundle
from iowscp_desktop.bundles.writing import write_bundle

__all__ = [
    "BUNDLE_SUFFIX",
    "INVITATION_SUFFIX",
    "LIMITS",
    "BundleDraft",
    "Certificate",
    "Enrolment",
    "FileKind",
    "InvitationDraft",
    "Limits",
    "Manifest",
    "Member",
    "MemberContent",
    "MemberSource",
    "OpenBundle",
    "OpenInvitation",
    "Range",
    "Trust",
    "canonical",
    "check_certificate",
    "check_enrolment",
    "digest",
    "file_sha256",
    "invitation_of",
    "make_certificate",
    "make_enrolment",
    "neutral_name",
    "open_bundle",
    "open_invitation",
    "peek",
    "write_bundle",
    "write_invitation",
    "write_new_file",
]
