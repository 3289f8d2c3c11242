import dataclasses

from builders.coffee import a_rich_map
from tropa.domain.journeymap import Lane, LaneKind
from tropa.domain.text import Language, Text
from tropa.render.blueprint import line_above
from tropa.render.page.document import render_page
from tropa.render.picture.picture import picture_of


def lanes(*kinds: LaneKind) -> list[Lane]:
    return [Lane(key=f"l{at}", kind=kind, order=f"a{at}", name=Text(ru="с")) for at, kind in enumerate(kinds)]


def test_only_the_first_lane_behind_the_scenes_has_a_line_above_it() -> None:
    shown = lanes(LaneKind.ACTION, LaneKind.BACKSTAGE, LaneKind.BACKSTAGE, LaneKind.SYSTEM)
    assert [line_above(lane, shown) for lane in shown] == [None, "line.visibility", None, "line.internal"]


def test_pages_and_pictures_draw_the_line_of_visibility_where_there_is_something_behind_it() -> None:
    rich = a_rich_map()
    backstage = dataclasses.replace(
        next(lane for lane in rich.lanes if lane.kind is LaneKind.ACTION), kind=LaneKind.BACKSTAGE
    )
    behind = dataclasses.replace(
        rich, lanes=tuple(backstage if lane.key == backstage.key else lane for lane in rich.lanes)
    )
    assert "Линия видимости" in render_page([behind], language=Language.RU)
    assert "Линия видимости" in picture_of(behind, Language.RU).replace("\u00a0", " ")
    assert "Линия видимости" not in picture_of(rich, Language.RU)
