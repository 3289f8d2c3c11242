"""Events of any number for the peers: one Parquet file, ordered by time, the same rows for the same numbers."""

from pathlib import Path

import duckdb

NAMES = 49
STEPS = ("product_view", "product_details", "add_to_cart", "checkout_start", "purchase")
GOAL = "purchase"
_ROW_GROUP = 122_880


def write_events(target: Path, *, events: int, text_ids: bool = False) -> None:
    """About `events` rows (user_id, event, timestamp in µs) of `events / 25` people over 120 days, 49 event names.

    A person's number of events is skewed (half have under 15, one in a hundred over 130); what comes next depends on
    what came before; pauses last seconds within a visit and days between visits; no two events of a person at once.
    """
    people = max(1, events // 25)
    connection = duckdb.connect()
    connection.execute("set preserve_insertion_order = false")
    names = ", ".join(f"'{name}'" for name in (*STEPS, *(f"page_{number:02d}" for number in range(NAMES - len(STEPS)))))
    who = "'u' || lpad(person::varchar, 9, '0')" if text_ids else "person"
    connection.execute(
        f"""
        copy (
            with people as (
                select i::bigint as person, 1 + least(2000, floor(-ln(1e-9 + hash(i) / 18446744073709551615.0) ^ 1.35 * 20.5))::bigint as turns
                from range({people}) t(i)
            ), turned as (
                select person, unnest(range(turns)) as turn from people
            ), drawn as (
                select person, turn, hash(person * 1000003 + turn) / 18446744073709551615.0 as draw,
                       hash(person * 7919 + turn // 3) as mood, hash(person * 104729 + turn * 31) / 18446744073709551615.0 as pause
                from turned
            ), timed as (
                select person, turn, draw, mood,
                       sum(case when pause < 0.85 then 1000000 + (pause * 90000000)::bigint else ((pause - 0.85) * 4e12)::bigint + 1800000000 end)
                           over (partition by person order by turn) as since
                from drawn
            )
            select {who} as user_id,
                   list_extract([{names}], case
                       when draw < 0.30 then 1 + (mood % 3)::int + (draw * 20)::int % 2
                       when draw < 0.34 and turn > 3 then 4
                       when draw < 0.36 and turn > 4 then 5
                       else 6 + ((mood + (draw * 1000)::int % 7) % {NAMES - len(STEPS)})::int end) as event,
                   1767225600000000 + ((hash(person) % 7000000)::bigint * 1000000) + since::bigint as timestamp
            from timed order by timestamp
        ) to '{target}' (format parquet, row_group_size {_ROW_GROUP})
        """
    )
