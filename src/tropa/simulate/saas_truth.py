"""What is planted in the SaaS story, what only looks like it, and what the cure does."""

from tropa.simulate import data_saas as n
from tropa.simulate.business import Cured, Decoy, Happening, Planted, Truth
from tropa.simulate.story_facts import ASSIGNED, CURED, USUAL, Delivery
from tropa.simulate.telling import Telling

COMPARING = ("tariffs", "compare", "cases", "calculator")
TRYING = ("trial", "import", "pipeline", "colleagues", "demo")
CARD = ("answered", "offer", "security", "contract", "invoice", "paid")
USING = ("letter", "step_one", "step_two", "active", "renewal")


def saas_truth(telling: Telling, *, seed: int, delivery: Delivery) -> bytes:
    """The truth as a JSON document."""
    after = delivery is Delivery.AFTER
    return Truth(
        story="saas",
        language=telling.language,
        seed=seed,
        same_property={},
        planted=(_tariffs(telling), _answer(telling), _technical(telling), _contract(telling), _ledger(telling)),
        decoys=() if after else _decoys(telling),
        cures=(_cure(telling),) if after else (),
    ).as_json()


def _tariffs(telling: Telling) -> Planted:
    said = telling.said["P1"]
    return Planted(
        code="P1",
        kind=("segment_gap", "loop", "drop_off"),
        stage=said[0],
        at=Happening(event=telling.names_of_all(*COMPARING), to_event=telling.names_of_all(*COMPARING, *TRYING)),
        segment={telling.heads["telephony"]: (telling.values["telephony"]["needed"],)},
        since=None,
        unit="share",
        usual=1 - n.LEAVE,
        harmed=1 - n.LEAVE_CONFUSED,
        words=said[1],
    )


def _answer(telling: Telling) -> Planted:
    said = telling.said["P2"]
    return Planted(
        code="P2",
        kind=("slow", "drop_off", "change", "handover"),
        stage=said[0],
        at=Happening(
            event=telling.names_of_all("trial", "answered"),
            to_event=telling.names_of_all("answered", "demo", "offer", "paid"),
        ),
        segment={},
        since=n.LATE_SINCE,
        unit="share",
        usual=n.WON,
        harmed=n.WON_LATE,
        words=said[1],
    )


def _technical(telling: Telling) -> Planted:
    said = telling.said["P3"]
    return Planted(
        code="P3",
        kind=("slow", "drop_off", "segment_gap"),
        stage=said[0],
        at=Happening(
            event=telling.names_of_all(*TRYING, "answered", "offer", "security"),
            to_event=telling.names_of_all("contract", "invoice", "paid", "closed"),
        ),
        segment={telling.heads["size"]: (telling.values["size"]["large"],)},
        since=None,
        unit="share",
        usual=n.MET_WON,
        harmed=n.UNMET_WON / n.UNMET,
        words=said[1],
    )


def _contract(telling: Telling) -> Planted:
    said = telling.said["P4"]
    return Planted(
        code="P4",
        kind=("slow",),
        stage=said[0],
        at=Happening(event=telling.names_of_all("invoice"), to_event=telling.names_of_all("paid", "closed")),
        segment={telling.heads["contract_kind"]: (telling.values["contract_kind"]["own"],)},
        since=None,
        unit="days",
        usual=n.PAYMENT[0] / 86_400,
        harmed=n.PAYMENT_OWN[0] / 86_400,
        words=said[1],
    )


def _ledger(telling: Telling) -> Planted:
    said = telling.said["P5"]
    return Planted(
        code="P5",
        kind=("drop_off", "segment_gap", "dead_end", "missing_stage"),
        stage=said[0],
        at=Happening(
            event=telling.names_of_all("letter", "step_one", "step_two"),
            to_event=telling.names_of_all("active", "renewal"),
        ),
        segment={telling.heads["ledger"]: (telling.values["ledger"]["ours"],)},
        since=None,
        unit="share",
        usual=n.ACTIVATED,
        harmed=n.ACTIVATED_LEDGER,
        words=said[1],
    )


def _decoys(telling: Telling) -> tuple[Decoy, ...]:
    kirill = {telling.heads["manager"]: (telling.values["manager"]["kirill"],)}
    return (
        Decoy(code="D1", first=n.LULL_FIRST, last=n.LULL_LAST, words=telling.said["D1"][1]),
        Decoy(
            code="D2",
            first=n.LARGE_TO_ONE,
            last=n.LARGE_TO_ONE,
            segment=kirill,
            words=telling.said["D2"][1],
        ),
    )


def _cure(telling: Telling) -> Cured:
    return Cured(
        code="C1",
        property=telling.heads[ASSIGNED],
        cured=telling.values[ASSIGNED][CURED],
        usual=telling.values[ASSIGNED][USUAL],
        of=telling.names_of_all("tariffs"),
        to=telling.names_of_all("trial"),
        times=n.CURED_TIMES,
        gain=None,
        words=telling.said["C1"][1],
    )
