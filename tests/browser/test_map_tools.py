"""What the page offers beside the board: the small map, paper, the line of how it should be, names for the blind."""

import re

import pytest

pytestmark = pytest.mark.full

UNNAMED = """() => {
  const bad = [];
  for (const node of document.querySelectorAll('button, a[href], input, summary, [role=tab], [role=scrollbar], [tabindex="0"]')) {
    if (!node.getClientRects().length) continue;
    const label = node.closest('label');
    const name = node.getAttribute('aria-label') || node.textContent.trim() || (label && label.textContent.trim());
    if (!name) bad.push(node.outerHTML.slice(0, 90));
  }
  return bad;
}"""
ORPHANS = """() => {
  const bad = [];
  const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
  if (new Set(ids).size !== ids.length) bad.push('an id stands twice');
  for (const name of ['aria-controls', 'aria-labelledby', 'aria-describedby'])
    for (const node of document.querySelectorAll(`[${name}]`))
      for (const id of node.getAttribute(name).split(' ')) if (!document.getElementById(id) && !id.startsWith('v-')) bad.push(`${name} ${id}`);
  for (const node of document.querySelectorAll('[role=gridcell], [role=rowheader], [role=columnheader]'))
    if (!node.closest('[role=row]')) bad.push('a cell outside a row: ' + node.className);
  for (const node of document.querySelectorAll('[role=row]')) if (!node.closest('[role=grid]')) bad.push('a row outside a grid');
  for (const node of document.querySelectorAll('svg')) if (!node.closest('a, button, [aria-label], [aria-hidden=true]') && node.querySelector('text')) bad.push('an unnamed drawing');
  return bad;
}"""


def test_everything_that_can_be_reached_has_a_name_and_roles_stand_in_their_places(visit) -> None:
    page = visit("rich")
    for view in ("map", "table", "story", "findings"):
        page.click(f"[role=tab][data-view={view}]")
        assert page.evaluate(UNNAMED) == [], view
    assert page.evaluate(ORPHANS) == []


def test_charts_tell_what_they_find(visit) -> None:
    page = visit("rich")
    flow = page.get_attribute(".map.on .lane.flow .wide", "aria-label")
    assert "2\u00a0094\u00a0из 5\u00a0236" in flow or re.search(r"−\d", flow)
    emotion = page.get_attribute(".map.on .lane.emo .wide", "aria-label")
    assert emotion.startswith("Лучше всего")
    page.click("[data-lang=en]")
    assert page.get_attribute(".map.on .lane.emo .wide", "aria-label").startswith("At its best")


def test_the_small_map_shows_and_moves_what_is_on_screen(visit) -> None:
    page = visit("wide")
    page.click("[data-columns=steps]")
    small = page.locator(".mm.by-step")
    assert small.is_visible()
    assert small.get_attribute("aria-valuenow") == "0"
    box = small.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 3, box["y"] + box["height"] / 2)
    page.locator(".mm.by-step[aria-valuenow='100']").wait_for()
    assert page.evaluate("scrollX") > 800
    small.focus()
    page.keyboard.press("Home")
    page.locator(".mm.by-step[aria-valuenow='0']").wait_for()
    frame = page.locator(".mm.by-step > i").bounding_box()
    assert frame["x"] == pytest.approx(box["x"], abs=2)
    assert frame["width"] < box["width"] * 0.6


def test_a_board_that_fits_needs_no_small_map(visit) -> None:
    assert not visit("guesses").locator(".mm").first.is_visible()


def test_stages_behind_an_open_proof_fold_into_spines_and_the_card_stays_in_sight(visit) -> None:
    page = visit("rich")
    card = page.locator(".map.on .by-step .board .crit").first
    card.click()
    spines = page.locator(".map.on .spines .f")
    assert spines.count() >= 2
    edge = page.locator(".map.on .spines.on").bounding_box()
    drawer = page.locator(".dr.open").bounding_box()
    box = card.bounding_box()
    assert box["x"] + box["width"] <= edge["x"] + 1
    assert edge["x"] + edge["width"] <= drawer["x"] + 1
    last = spines.last.inner_text()
    spines.last.click()
    page.keyboard.press("Escape")
    assert page.locator(".map.on .spines .f").count() == 0
    assert "Остаюсь на подписке".replace(" ", "\u00a0") in last.replace(" ", "\u00a0")


def test_the_heat_row_names_its_degrees_and_leads_to_proofs(visit) -> None:
    page = visit("rich")
    cells = page.locator(".map.on .by-step .heat .ht, .map.on .heat .ht")
    assert cells.count() == 14
    assert "очень горячо" in page.inner_text(".map.on .heat")
    page.click(".map.on .heat .h4 >> nth=0")
    assert page.locator(".dr.open").count() == 1


def test_the_table_view_begins_with_the_path_in_figures(visit) -> None:
    page = visit("rich")
    page.click("[role=tab][data-view=table]")
    assert page.inner_text(".map.on .twin caption") == "Путь в\u00a0цифрах"
    assert page.locator(".map.on .twin tbody tr:not(.tg)").count() == 14
    row = page.inner_text(".map.on .twin tr:has-text('Выбирает')")
    assert "5\u00a0236" in row
    assert "5 из" in row.replace("\u00a0", " ")


def test_the_line_of_how_it_should_be_is_drawn_and_named(visit) -> None:
    page = visit("wanted")
    assert page.locator(".map.on .emo svg text:visible").filter(has_text="как надо").count() == 1
    assert page.locator(".map.on .emo .el .aim").count() == 1
    assert visit("rich").locator(".emo .el .aim").count() == 0


@pytest.mark.parametrize(("paper", "wide"), [("a4", 841.9), ("a3", 1190.6)])
def test_the_chosen_paper_is_printed_with_the_stages_on_every_sheet(visit, paper: str, wide: float) -> None:
    page = visit("rich")
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.paper; }")
    page.click(".pp summary")
    page.click(f"[data-paper={paper}]")
    assert page.evaluate("window.printed") == paper
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert boxes
    assert all(float(across) == pytest.approx(wide, abs=2) for across, _ in boxes)
    page.emulate_media(media="print")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.map.on .board > .head')).display")
        == "table-header-group"
    )


def test_the_menu_of_papers_opens_and_closes_by_keyboard(visit) -> None:
    page = visit("rich")
    page.focus(".pp summary")
    page.keyboard.press("Enter")
    assert page.locator("[data-paper=a4]").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("[data-paper=a4]").is_visible()
    assert page.evaluate("document.activeElement.matches('.pp summary')")


def test_a_strict_policy_forbids_everything_from_outside(visit) -> None:
    # as it is written, before the page's own script sets widths
    page = visit("rich", java_script_enabled=False)
    policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for forbidden in ("[style]", "[src]", "[onclick]", "iframe", "link", "object", "embed"):
        assert page.locator(forbidden).count() == 0, forbidden


def test_switching_the_language_loads_nothing(visit) -> None:
    page = visit("rich")
    page.evaluate("window.stays = true")
    page.click("[data-lang=en]")
    page.click("[data-lang=ru]")
    assert page.evaluate("window.stays")
