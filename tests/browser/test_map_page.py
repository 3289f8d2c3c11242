"""The page in a real browser."""

import pytest

pytestmark = pytest.mark.full
NAMES = ("rich", "wide", "long", "guesses", "forty")
CUT = """() => {
  const bad = [];
  for (const node of document.querySelectorAll('.on .board .k, .on .board .sg, .on .board .c, .on .vd, .on .stp, .on .p, .mi, h1, .per article')) {
    if (!node.getClientRects().length) continue;
    if (node.scrollWidth > node.clientWidth + 2 || node.scrollHeight > node.clientHeight + 3) bad.push(node.className + ': ' + node.textContent.slice(0, 60));
  }
  return bad;
}"""
OVERLAPS = """() => {
  const bad = [];
  for (const board of document.querySelectorAll('.on .board')) {
    if (!board.getClientRects().length) continue;
    const stacks = [...board.querySelectorAll('.st, .wd, .rail')].map((node) => [node, node.getBoundingClientRect()]);
    for (const [index, [one, a]] of stacks.entries()) for (const [other, b] of stacks.slice(index + 1)) {
      if (one.closest('.lane') !== other.closest('.lane') || !a.width || !b.width) continue;
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) bad.push(one.textContent.slice(0, 40) + ' | ' + other.textContent.slice(0, 40));
    }
    const pills = [...board.querySelectorAll('.pill')].map((node) => node.getBoundingClientRect());
    for (const [index, a] of pills.entries()) for (const b of pills.slice(index + 1)) {
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) bad.push('pills');
    }
  }
  return bad;
}"""
SMALL = """() => [...document.querySelectorAll('body *')].filter((node) => node.getClientRects().length && [...node.childNodes].some((kid) => kid.nodeType === 3 && kid.textContent.trim()) && parseFloat(getComputedStyle(node).fontSize) < 11).map((node) => node.tagName + ' ' + node.textContent.slice(0, 40))"""
CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
  const over = (top, under) => top.slice(0, 3).map((part, at) => part * top[3] + under[at] * (1 - top[3]));
  const light = (c) => { const [r, g, b] = c.map((part) => { const s = part / 255; return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const bad = new Set();
  for (const node of document.querySelectorAll('body *')) {
    if (node.closest('svg, [disabled]') || !node.getClientRects().length) continue;
    if (![...node.childNodes].some((kid) => kid.nodeType === 3 && kid.textContent.trim())) continue;
    const layers = [];
    for (let at = node; at; at = at.parentElement) { const layer = rgb(getComputedStyle(at).backgroundColor); layers.push(layer); if (layer[3] === 1) break; }
    let ground = [255, 255, 255];
    for (const layer of layers.reverse()) ground = over(layer, ground);
    const ink = over(rgb(getComputedStyle(node).color), ground);
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.45) bad.add(`${node.tagName}.${node.parentElement.className}: ${node.textContent.slice(0, 30)} ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
  }
  return [...bad];
}"""


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_or_overlaps_at_any_width(visit, name: str) -> None:
    page = visit(name)
    for width in (390, 768, 1024, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CUT) == [], width
        assert page.evaluate(OVERLAPS) == [], width
        assert page.evaluate(SMALL) == [], width


@pytest.mark.parametrize("name", NAMES)
def test_a_phone_never_scrolls_sideways(visit, name: str) -> None:
    page = visit(name, 390, 800)
    for view in ("map", "table", "findings"):
        page.click(f"[role=tab][data-view={view}]")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("name", ["rich", "guesses", "forty"])
def test_every_card_on_screen_opens_its_proof_and_gives_the_focus_back(visit, name: str) -> None:
    page = visit(name)
    failed = page.evaluate("""() => {
      const bad = [];
      for (const details of document.querySelectorAll('.on details')) details.open = true;
      for (const link of document.querySelectorAll('.on .board a[href^="#d"]')) {
        if (!link.getClientRects().length) continue;
        link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
        const proof = document.querySelector('.dr.open');
        if (!proof || '#' + proof.id !== link.getAttribute('href')) bad.push(link.getAttribute('href'));
        else if (!proof.textContent.trim()) bad.push('empty ' + proof.id);
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
        if (document.querySelector('.dr.open')) bad.push('stays ' + link.getAttribute('href'));
      }
      return bad;
    }""")
    assert failed == []


def test_the_keyboard_alone_walks_the_map(visit) -> None:
    page = visit("rich")
    page.focus('.on .board a[href^="#d"]')
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    assert second not in {first, None}
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.getAttribute('href')") == first
    page.keyboard.press("Enter")
    opened = page.locator(".dr.open")
    assert opened.count() == 1
    before = opened.get_attribute("id")
    page.keyboard.press("ArrowDown")
    assert page.locator(".dr.open").get_attribute("id") != before
    page.keyboard.press("Escape")
    assert page.locator(".dr.open").count() == 0
    assert page.evaluate("document.activeElement.matches('.board a')")


def test_one_stop_for_tab_in_the_grid(visit) -> None:
    page = visit("rich")
    assert page.evaluate("""document.querySelectorAll('.on .board a[href^="#d"][tabindex="0"]').length""") == 1


def test_the_language_switch_shows_one_language(visit) -> None:
    page = visit("rich")
    page.click("[data-lang=en]")
    text = page.inner_text("main")
    assert "Delivery price and day" in text
    assert "Цена и\u00a0срок доставки" not in text
    assert page.get_attribute("html", "lang") == "en"
    assert page.get_attribute("[data-do=print]", "aria-label") == "Print"


def test_segments_views_and_story_follow_their_switches(visit) -> None:
    page = visit("rich")
    page.click("[data-map='1']")
    assert page.evaluate("document.querySelector('.map.on').dataset.index") == "1"
    page.click("[role=tab][data-view=table]")
    assert page.locator(".map.on table").first.is_visible()
    page.click("[role=tab][data-view=story]")
    assert page.locator(".map.on .pg:visible").count() == 1
    page.keyboard.press("ArrowRight")
    assert page.inner_text(".map.on .at").startswith("2 /")
    page.click("[role=tab][data-view=findings]")
    page.click(".map.on .fi summary")
    assert page.locator(".map.on .fi[open] .adv").first.is_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_is_readable(visit, theme: str) -> None:
    page = visit("rich", color_scheme=theme)
    page.evaluate("document.querySelectorAll('.on details').forEach((one) => { one.open = true; })")
    for view in ("map", "table", "story", "findings"):
        page.click(f"[role=tab][data-view={view}]")
        assert page.evaluate(CONTRAST) == [], view


def test_a_proof_is_readable_in_both_themes(visit) -> None:
    for theme in ("light", "dark"):
        page = visit("rich", color_scheme=theme)
        for card in ("0", "40", "57", "90"):
            page.evaluate(
                f"document.querySelector('a[href=\"#d0-{card}\"]').dispatchEvent(new MouseEvent('click', {{ bubbles: true, cancelable: true }}))"
            )
            assert page.evaluate(CONTRAST) == []


def test_without_scripts_the_map_and_its_proofs_are_there(visit) -> None:
    page = visit("rich", java_script_enabled=False)
    assert page.locator(".map >> nth=0 >> .board").first.is_visible()
    assert page.locator(".map >> nth=0 >> table").first.is_visible()
    page.goto(page.url + "#d0-57")
    assert page.locator("#d0-57").is_visible()


def test_a_wide_map_is_read_by_stages_first_and_by_steps_on_demand(visit) -> None:
    page = visit("wide")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    page.click("[data-columns=steps]")
    assert page.locator(".by-step .board").is_visible()
    assert not page.locator(".by-stage .board").is_visible()


def test_the_head_of_the_page_tells_goal_loss_and_first_action_within_900_pixels(visit) -> None:
    page = visit("rich", 1440, 900)
    for selector in (".ans", ".mi.loss", ".mi.action", ".stages"):
        box = page.locator(f"{selector} >> visible=true").first.bounding_box()
        assert box["y"] + box["height"] < 900


def test_print_shows_the_whole_board(visit) -> None:
    page = visit("rich")
    page.emulate_media(media="print")
    assert page.locator(".map.on .board").is_visible()
    assert not page.locator(".tools").is_visible()
    assert page.locator(".lgd >> visible=true").count() == 1


def test_a_business_map_opens_too(visit) -> None:
    assert "сделок" in visit("business").inner_text(".top")
