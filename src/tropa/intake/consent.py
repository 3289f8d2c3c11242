"""Who agreed to be written to: a column's words as yes, no or nothing said."""

from enum import Enum

from tropa.intake.data_lexicon import REFUSAL
from tropa.intake.time_detection import detect_time
from tropa.intake.words import fits_any, words_of


class Consent(Enum):
    """What a cell says of a person's agreement."""

    YES = "yes"
    NO = "no"
    UNSAID = "unsaid"


_YES_WORDS = """
да д yes y true t истина 1 + ok on есть дано дал дала согласен согласна подписан подписана подписались подписка активна
активен разрешено разрешил разрешила можно agree agreed granted given subscribed active allowed optin accepted confirmed
double
"""
_NO_WORDS = """
нет н no n false f ложь 0 - – — off отказ отказался отказалась отписан отписана отписался отписалась отозвано отозван
отозвана запрещено запретил запретила нельзя неактивна неактивен denied refused declined withdrawn revoked unsubscribed
optout inactive bounced cleaned blocked disagree never
"""
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())
_DENIALS = frozenset({"не", "без", "not", "no", "never", "un"})


def consent_of(head: str, value: str) -> Consent:
    """What the cell says under this head; a date says that it happened then, and a head may speak of refusals.

    >>> consent_of("Согласие на рассылку", "Да"), consent_of("opt_out", "true"), consent_of("opt_in", "")
    (<Consent.YES: 'yes'>, <Consent.NO: 'no'>, <Consent.UNSAID: 'unsaid'>)
    """
    said = _said(value)
    if said is Consent.UNSAID or not speaks_of_refusal(head):
        return said
    return Consent.NO if said is Consent.YES else Consent.YES


def speaks_of_refusal(head: str) -> bool:
    """Whether yes in this column means no."""
    return fits_any(words_of(head), REFUSAL)


def is_said(value: str) -> bool:
    """Whether a cell can be read as yes or no."""
    return _said(value) is not Consent.UNSAID


def _said(value: str) -> Consent:
    plain = value.strip().casefold().removesuffix(".0")
    if plain in _NO:
        return Consent.NO
    if plain in _YES:
        return Consent.YES
    words = words_of(value.replace("-", " "))
    joined = "".join(words)
    first = words[0] if words else ""
    if joined in _NO or first in _NO or first in _DENIALS:
        return Consent.NO
    if joined in _YES or first in _YES:
        return Consent.YES
    return Consent.YES if plain and any(sign.isdigit() for sign in plain) and detect_time((plain,)) else Consent.UNSAID
