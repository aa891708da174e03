"""What the demonstration says while it runs."""


class Demo:
    """Lines of progress and of the summary. Every organisation and person in it is invented."""

    partnership = "Sample Safeguarding Children Partnership (invented)"
    team_person, team_role = "Morgan Lane", "Partnership coordinator"
    s175_round, s11_round = "2026–27", "2026–28"
    oakfield, elm_grove = "Oakfield Primary School (invented)", "Elm Grove Academy (invented)"
    youth = "Island Youth Service (invented)"
    signs_oakfield = ("Priya Nair", "Helen Marsh", "Ruth Adeyemi")
    signs_elm_grove = ("Asha Bell", "Iain Dow", "Lena Price")
    signs_youth = ("Sam Reeve", "Noor Haddad")
    judges = ("Dev Anand", "Kate Burrows")
    signatory = "Independent Chair"
    reading_reason = "The deputy’s check in November is the later one; the school confirmed it by telephone."
    agreed_reason = "The evidence shows it for some, not yet for all."
    same_reason = "Both members read the evidence alike."
    remarks = ("Clear evidence, dated and checked.", "Some of it is still a plan.")
    deputy_evidence = "Checked again in November: all eleven supply staff have now signed the leaflet."
    starting = "Making everything in {folder}"
    team_ready = "The team has a workspace, {tools} audit tools and {organisations} organisations"
    invited = "{count} invitations written, each opened by its own code"
    answered = "{organisation}: {answers} answers and {files} files typed and attached, signed by {signers}"
    deputy = "A second laptop of {organisation} answered {answers} of the same questions"
    sent = "{count} returns sealed into files"
    merged = "{count} files merged: {entries} entries, {conflicts} answers in conflict, {receipts} receipts"
    settled = "{count} conflicts settled, both versions kept"
    scored = "{count} panel members scored {items} items alone and sent their scores"
    agreed = "{items} items compared: {differed} differed, all agreed"
    reports = "{count} PDF reports written"
    pictures = "{count} pictures of the screens saved"
    verified = "{count} workspaces proved: {streams} chains, {entries} entries, {seals} seals, {blobs} files"
    files = "Files:"
    passphrases = "Passphrases of these workspaces, made for this run and kept nowhere else:"
    sheets = "Their recovery keys, which would be on paper:"
    not_true = "The demonstration found something that does not hold: {what}"
