"""What can go wrong with keys and seals, before anyone knows what it means to a person."""


class Fault(Exception):
    """Something did not open, match or parse. Never shown: the caller says what it means."""


class BadKey(Fault):
    """Bytes or text that are no key of the kind asked for."""


class SealBroken(Fault):
    """An authenticated box did not open: another key, or altered bytes. The two cannot be told apart."""


class SignatureWrong(Fault):
    """A signature or a keyed digest does not match what it is said to cover."""


class NoMatchingIdentity(Fault):
    """An age file is sealed to other recipients than ours."""


class StreamBroken(Fault):
    """An age file is damaged, cut short, or no age file."""


class CodeMistyped(Fault):
    """A typed code has the wrong length, a foreign character or a check character that does not fit."""


class CostRefused(Fault):
    """Key derivation parameters are outside the bounds: too cheap to protect, or too dear to compute."""
