"""What the command line says."""


class Cli:
    """Help texts and lines of output."""

    product = "IOWSCP Desktop: safeguarding audits carried where there is no network, and brought home safely."
    tool = "Check and run audit tools."
    workspace = "Start a workspace, say what is in it, prove it."
    bundle = "Look into files from others, and merge them."
    score = "Compare the panel's scores, and record what was agreed."
    report = "Write PDF reports."
    ask_passphrase = "Passphrase"  # noqa: S105 - the question, not the secret
    recovery_key = "Recovery key, to be written down and kept away from this computer: {key}"
    ask_group = "Group {number} of the recovery key"
    sheet_written = "written: {path}. Print it, then delete it from this computer."
    usable = "{file}: fine, {questions} questions, {warnings} remarks"
    finding = "{file}: {place}: {severity} {code}: {what} {do}"
    verified = "{streams} streams, {entries} entries, {seals} seals and {blobs} files checked; tables rebuilt: all true"
    erased = "{erased} of the entries were erased on purpose; their places in the chains hold"
    record_holds = "record of what happened: {lines} lines, its chain holds"
    ask_words = "The five words of the spare key"
    rescued = "opened with the spare key: passphrase, sheet and key are new, and the workspace has it on record"
    wrong = "wrong: {what}"
    remedy = "What to do: {remedy}"
    not_json = "The answers file is not a JSON list."
    not_json_remedy = 'Write it as a list of ["/data/question", "value"].'
    merged = "{name}: {new} new, {known} known, {quarantined} set aside, {conflicts} in conflict"
    would = "{name}: {type} from {sender}: {new} new, {known} known, {evidence} files, {conflicts} would be in conflict"
    refused = "{name}: refused"
    settled = "agreed: {item} {point}"
    written = "written: {path}"
    selftest = "selftest: {what}"
    selftest_done = "selftest: everything works"
