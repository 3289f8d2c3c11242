"""Odds: the scale on which a share of one in a hundred and of half can change alike."""

import math

LEAST_SHARE = 1e-4


def logit(share: float) -> float:
    """The log odds of a share; shares nearer than 0.0001 to 0 or 1 count as that near."""
    share = min(max(share, LEAST_SHARE), 1 - LEAST_SHARE)
    return math.log(share / (1 - share))


def expit(log_odds: float) -> float:
    """The share that has these log odds."""
    return 1 / (1 + math.exp(-log_odds))
