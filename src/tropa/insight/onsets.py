"""Onsets: whether a difference that seems as old as the data began on some day.

Once a group is known to differ, when it began is one more question, and others may be no help in it: where nobody but
the group is ever hit, only its own days without hits tell that there was a time before. Two tales of the group's days
are weighed by their likelihood, the others' share of each day being what is usual: it was always unlike them by the
same odds, or it was like them until a day and unlike them since.
"""

import math

import numpy as np
from numpy.typing import NDArray

from tropa.insight.discovery import Flags
from tropa.insight.search import Field

Floats = NDArray[np.float64]
MISTAKEN = 0.01
STEADYING = 10.0
"""Trials at the others' common share that steady the share of each day."""
NEWTON_STEPS = 12
FARTHEST = 15.0


def onset_of(field: Field, inside: Flags, beside: Flags) -> int | None:
    """The likeliest first bin, if a beginning explains far more than a difference at all times does.

    An old difference looks so far more like one with a beginning, in any bin, with a chance of at most `MISTAKEN`
    (Markov's inequality for the ratio of likelihoods).
    """
    of, hits = _counted(field, inside)
    usual = _usual(field, beside)
    whole = _log_likelihood(hits, of, usual + _log_odds(hits, of, usual))
    before = np.concatenate([[0.0], np.cumsum(_by_bin(hits, of, usual))])
    best, start = -np.inf, 0
    for bin_ in range(field.margin, field.bins - field.margin + 1):
        part = (hits[bin_:], of[bin_:], usual[bin_:])
        told = before[bin_] + _log_likelihood(*part[:2], part[2] + _log_odds(*part))
        if told > best:
            best, start = told, bin_
    gain = (best - whole) / field.clumping
    return start if gain > math.log(field.bins / MISTAKEN) else None


def _counted(field: Field, mask: Flags) -> tuple[Floats, Floats]:
    """Trials and hits by bin."""
    bins = field.day // field.width
    of, hits = (np.bincount(bins[one], minlength=field.bins) for one in (mask, mask & field.hit))
    return of.astype(np.float64), hits.astype(np.float64)


def _usual(field: Field, beside: Flags) -> Floats:
    """The others' log odds of a hit by bin."""
    of, hits = _counted(field, beside)
    common = (hits.sum() + 0.5) / (of.sum() + 1)
    share = (hits + STEADYING * common) / (of + STEADYING)
    odds: Floats = np.log(share / (1 - share))
    return odds


def _log_odds(hits: Floats, of: Floats, usual: Floats) -> float:
    """By how much the group's log odds differ from what is usual (Newton's method)."""
    found = 0.0
    for _ in range(NEWTON_STEPS):
        share = 1 / (1 + np.exp(-(usual + found)))
        spread = float((of * share * (1 - share)).sum())
        move = float((hits - of * share).sum()) / max(spread, 1e-9)
        found = float(np.clip(found + np.clip(move, -2.0, 2.0), -FARTHEST, FARTHEST))
    return found


def _by_bin(hits: Floats, of: Floats, log_odds: Floats) -> Floats:
    found: Floats = hits * log_odds - of * np.logaddexp(0.0, log_odds)
    return found


def _log_likelihood(hits: Floats, of: Floats, log_odds: Floats) -> float:
    return float(_by_bin(hits, of, log_odds).sum())
