"""How large an experiment has to be, and what a small one can show."""

import math
from statistics import NormalDist

_SEARCH_STEPS = 60
_SD_OF_LOG_TIME = 1.0
"""Times of waiting are about log-normal; a standard deviation of 1 on the log scale is usual for them."""
_LEAST_SPREAD = 0.25
"""Times told to the day seem alike; people never are so much alike."""
_FEWEST_FOR_SPREAD = 30


def sample_size(base: float, target: float, *, alpha: float = 0.05, power: float = 0.8) -> int:
    """People an arm needs to tell two shares apart, two-sided (Fleiss, Levin & Paik 2003, §4.2, without correction).

    >>> sample_size(0.10, 0.12)
    3841
    """
    if base == target:
        message = "Two equal shares cannot be told apart."
        raise ValueError(message)
    normal = NormalDist()
    reach, chance = normal.inv_cdf(1 - alpha / 2), normal.inv_cdf(power)
    mean = (base + target) / 2
    spread = reach * math.sqrt(2 * mean * (1 - mean)) + chance * math.sqrt(base * (1 - base) + target * (1 - target))
    return math.ceil((spread / (base - target)) ** 2)


def detectable_rise(base: float, per_arm: float, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """The smallest rise of a share that so many people an arm can show; infinity where nothing can be shown."""
    room = 1 - base
    if per_arm < 1 or room <= 0 or sample_size(base, 1.0, alpha=alpha, power=power) > per_arm:
        return math.inf
    low, high = 0.0, room
    for _ in range(_SEARCH_STEPS):
        middle = (low + high) / 2
        if sample_size(base, base + middle, alpha=alpha, power=power) > per_arm:
            low = middle
        else:
            high = middle
    return high


def detectable_shortening(
    per_arm: float, *, spread: float = _SD_OF_LOG_TIME, alpha: float = 0.05, power: float = 0.8
) -> float:
    """The smallest relative fall of a median time that so many people an arm can show (normal test on log times).

    `spread`: the standard deviation of the logarithms of the times.
    """
    if per_arm < 2:
        return math.inf
    return 1 - math.exp(-detectable_difference(spread, per_arm, alpha=alpha, power=power))


def detectable_difference(deviation: float, per_arm: float, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """The smallest difference of two means that so many people an arm can show, from the standard deviation."""
    if per_arm < 2:
        return math.inf
    normal = NormalDist()
    return (normal.inv_cdf(1 - alpha / 2) + normal.inv_cdf(power)) * deviation * math.sqrt(2 / per_arm)


def spread_of_log_times(low: float, high: float, of: int, *, confidence: float = 0.95) -> float:
    """The standard deviation of log times, read off the interval of their median.

    The interval of order statistics has its ends at the quantiles ½ ± z/(2√n); for log-normal times their logarithms
    stand spread × Φ⁻¹ of these away from the middle. Few people, or times that seem all alike: the usual 1.
    """
    if of < _FEWEST_FOR_SPREAD or not 0 < low < high:
        return _SD_OF_LOG_TIME
    normal = NormalDist()
    reach = normal.inv_cdf(0.5 + normal.inv_cdf((1 + confidence) / 2) / (2 * math.sqrt(of)))
    return max(_LEAST_SPREAD, math.log(high / low) / (2 * reach))
