"""What is planted in the dealer story, what only looks like it, and what the cure does."""

from tropa.simulate import data_dealer as n
from tropa.simulate.business import Cured, Decoy, Happening, Planted, Truth
from tropa.simulate.story_facts import ASSIGNED, CURED, USUAL, Delivery
from tropa.simulate.telling import Telling

COMING = ("invitation", "due", "dialled", "answered", "online_booking", "booked")
SERVICE = ("came", "received", "returned")


def dealer_truth(telling: Telling, *, seed: int, delivery: Delivery) -> bytes:
    """The truth as a JSON document."""
    after = delivery is Delivery.AFTER
    return Truth(
        story="dealer",
        language=telling.language,
        seed=seed,
        same_property={},
        planted=(_calendar(telling), _crowd(telling), _unanswered(telling), _bill(telling), _gift(telling)),
        decoys=() if after else _decoys(telling),
        cures=(_cure(telling),) if after else (),
    ).as_json()


def _calendar(telling: Telling) -> Planted:
    said = telling.said["P1"]
    return Planted(
        code="P1",
        kind=("opportunity", "drop_off", "segment_gap", "missing_stage"),
        stage=said[0],
        at=Happening(event=telling.names_of_all("due"), to_event=telling.names_of_all(*COMING, *SERVICE)),
        segment={telling.heads["invited"]: (telling.values["invited"]["sent"],)},
        since=None,
        unit="share",
        usual=n.RETURN_INVITED,
        harmed=n.RETURN_NOT_INVITED,
        words=said[1],
    )


def _crowd(telling: Telling) -> Planted:
    said = telling.said["P2"]
    return Planted(
        code="P2",
        kind=("slow", "drop_off", "segment_gap", "handover"),
        stage=said[0],
        at=Happening(event=telling.names_of_all(*SERVICE), to_event=telling.names_of_all(*SERVICE, *COMING)),
        segment={telling.heads["slot"]: tuple(telling.values["slot"][one] for one in n.CROWDED)},
        since=None,
        unit="share",
        usual=n.SECOND_VISIT,
        harmed=n.SECOND_VISIT_CROWDED,
        words=said[1],
    )


def _unanswered(telling: Telling) -> Planted:
    said = telling.said["P3"]
    return Planted(
        code="P3",
        kind=("drop_off", "segment_gap", "change", "dead_end"),
        stage=said[0],
        at=Happening(
            event=telling.names_of_all("dialled"), to_event=telling.names_of_all("missed", "answered", "booked")
        ),
        segment={telling.heads["hours"]: (telling.values["hours"]["9_10"],)},
        since=n.UNANSWERED_SINCE,
        unit="share",
        usual=1 - n.UNANSWERED,
        harmed=1 - n.UNANSWERED_MORNING,
        words=said[1],
    )


def _bill(telling: Telling) -> Planted:
    said = telling.said["P4"]
    return Planted(
        code="P4",
        kind=("pain",),
        stage=said[0],
        at=Happening(event=telling.names_of_all("returned"), to_event=telling.names_of_all("returned")),
        segment={},
        since=None,
        unit="share",
        usual=n.THIRD_VISIT,
        harmed=n.THIRD_VISIT_OVER,
        words=said[1],
    )


def _gift(telling: Telling) -> Planted:
    said = telling.said["P5"]
    return Planted(
        code="P5",
        kind=("pain",),
        stage=said[0],
        at=Happening(
            event=telling.names_of_all(*SERVICE, "salesman"), to_event=telling.names_of_all(*SERVICE, "salesman")
        ),
        segment={},
        since=None,
        unit="share",
        usual=0.0,
        harmed=n.SPOKEN["P5"],
        words=said[1],
    )


def _decoys(telling: Telling) -> tuple[Decoy, ...]:
    spring, autumn = n.TYRES[:2]
    return (
        Decoy(code="D1", first=spring, last=n.tyres_end(spring), words=telling.said["D1"][1]),
        Decoy(code="D1", first=autumn, last=n.tyres_end(autumn), words=telling.said["D1"][1]),
        Decoy(code="D2", first=n.REMOTE_FIRST, last=n.REMOTE_LAST, words=telling.said["D2"][1]),
    )


def _cure(telling: Telling) -> Cured:
    return Cured(
        code="C1",
        property=telling.heads[ASSIGNED],
        cured=telling.values[ASSIGNED][CURED],
        usual=telling.values[ASSIGNED][USUAL],
        of=telling.names_of_all("due"),
        to=telling.names_of_all("came"),
        times=n.CURED_TIMES,
        gain=None,
        words=telling.said["C1"][1],
    )
