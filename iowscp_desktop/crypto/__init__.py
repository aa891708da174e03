"""Keys, seals and codes: the one importer of cryptography libraries. It knows no file format of ours.

What fails here raises a `Fault`: a plain exception, for whoever knows what the bytes were meant to be (a key
slot, a bundle, an invitation) to translate into an error with a code.
"""

from iowscp_desktop.crypto.codes import (
    fingerprint,
    new_one_time_code,
    new_recovery_key,
    read_one_time_code,
    read_recovery_key,
    read_so_far,
)
from iowscp_desktop.crypto.derivation import (
    PRODUCTION,
    SPOKEN,
    Cost,
    authenticate,
    check_authentic,
    derive,
    derive_from_passphrase,
)
from iowscp_desktop.crypto.faults import (
    BadKey,
    CodeMistyped,
    CostRefused,
    Fault,
    NoMatchingIdentity,
    SealBroken,
    SignatureWrong,
    StreamBroken,
)
from iowscp_desktop.crypto.passphrases import new_passphrase
from iowscp_desktop.crypto.randomness import random_bytes
from iowscp_desktop.crypto.sealing import Identity, Recipient, Unsealing, seal, unseal
from iowscp_desktop.crypto.signing import SigningKey, VerifyKey
from iowscp_desktop.crypto.wrapping import close_box, open_box, unwrap, wrap

__all__ = [
    "PRODUCTION",
    "SPOKEN",
    "BadKey",
    "CodeMistyped",
    "Cost",
    "CostRefused",
    "Fault",
    "Identity",
    "NoMatchingIdentity",
    "Recipient",
    "SealBroken",
    "SignatureWrong",
    "SigningKey",
    "StreamBroken",
    "Unsealing",
    "VerifyKey",
    "authenticate",
    "check_authentic",
    "close_box",
    "derive",
    "derive_from_passphrase",
    "fingerprint",
    "new_one_time_code",
    "new_passphrase",
    "new_recovery_key",
    "open_box",
    "random_bytes",
    "read_one_time_code",
    "read_recovery_key",
    "read_so_far",
    "seal",
    "unseal",
    "unwrap",
    "wrap",
]
