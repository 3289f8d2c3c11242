"use strict";
// Switches views, languages and proofs of a page that is whole without it. Reads the DOM, never writes HTML.
(() => {
  const root = document.documentElement;
  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement | null} */
  const one = (selector, within = document) => within.querySelector(selector);
  root.classList.add("js");

  /** The reader's choices outlive a visit where the browser allows it. */
  const kept = {
    /** @param {string} name */
    get(name) {
      try { return localStorage.getItem(`tropa-${name}`); } catch { return null; }
    },
    /** @param {string} name @param {string} value */
    set(name, value) {
      try { localStorage.setItem(`tropa-${name}`, value); } catch { /* a file opened without storage keeps nothing */ }
    },
  };

  const measure = () => root.style.setProperty("--vw", `${root.clientWidth - (parseFloat(getComputedStyle(document.body).paddingRight) || 0)}px`);

  const room = () => root.clientWidth - (parseFloat(getComputedStyle(document.body).paddingRight) || 0);

  /** @param {string} language */
  function speak(language) {
    root.lang = language;
    for (const node of all("[data-ru]")) node.setAttribute("aria-label", node.dataset[language] ?? "");
    for (const node of all("[data-lang]")) node.setAttribute("aria-pressed", String(node.dataset.lang === language));
    kept.set("language", language);
  }

  /** @param {string} view */
  function show(view) {
    root.dataset.view = view;
    for (const node of all("[role=tab][data-view]")) {
      const chosen = node.dataset.view === view;
      node.setAttribute("aria-selected", String(chosen));
      node.tabIndex = chosen ? 0 : -1;
    }
    if (view === "story") turn(0);
  }

  const current = () => /** @type {HTMLElement} */ (one(".map.on"));

  /** @param {string} index */
  function choose(index) {
    close();
    for (const map of all(".map")) map.classList.toggle("on", map.dataset.index === index);
    for (const button of all("[data-map]")) button.setAttribute("aria-pressed", String(button.dataset.map === index));
    show(root.dataset.view ?? "map");
    arm();
    fill();
  }

  // Story: one stage at a time
  /** @param {number} by */
  function turn(by) {
    const pages = all(".pg", current());
    if (!pages.length) return;
    const at = Math.max(0, pages.findIndex((page) => page.classList.contains("now")));
    const next = Math.min(pages.length - 1, Math.max(0, at + by));
    pages.forEach((page, place) => page.classList.toggle("now", place === next));
    all(".spl a", current()).forEach((link, place) => link.classList.toggle("on", place === next));
    root.dataset.page = String(next);
    const counter = one(".at", current());
    if (counter) counter.textContent = `${next + 1} / ${pages.length}`;
    for (const button of all("[data-go]", current())) {
      /** @type {HTMLButtonElement} */ (button).disabled = Number(button.dataset.go) < 0 ? next === 0 : next === pages.length - 1;
    }
    if (by && root.dataset.view === "story") one(".story", current())?.scrollIntoView();
  }

  // Proofs
  const drawer = /** @type {HTMLElement} */ (one(".drawer"));
  /** @type {HTMLElement | null} */ let opener = null;
  const opened = () => one(".dr.open");

  /** @param {string} id @param {HTMLElement | null} from */
  function open(id, from) {
    const proof = document.getElementById(id);
    if (!proof) return;
    opened()?.classList.remove("open");
    all(".sel").forEach((node) => node.classList.remove("sel"));
    for (const link of all("[data-same]", proof)) {
      const copy = /** @type {HTMLElement | undefined} */ (document.getElementById(link.dataset.same ?? "")?.cloneNode(true));
      copy?.removeAttribute("id");
      if (copy) link.replaceWith(copy);
    }
    proof.tabIndex = -1;
    proof.classList.add("open");
    proof.scrollTop = 0;
    drawer.classList.add("open");
    root.classList.add("drawn");
    measure();
    if (from) opener = from;
    const source = from ?? links().find((link) => link.getAttribute("href") === `#${id}`) ?? null;
    if (source) {
      opener = source;
      source.classList.add("sel");
      source.scrollIntoView({ block: "nearest", inline: "nearest" });
      clear(source);
    }
    proof.focus({ preventScroll: true });
  }

  // Stages behind the drawer fold into spines
  const SPINE = 34;

  function fold() {
    const canvas = all(".canvas", current()).find(seen);
    const strip = canvas && one(".spines", canvas);
    if (!canvas || !strip) return;
    if (!root.classList.contains("drawn") || innerWidth < 1024) {
      strip.classList.remove("on");
      all(".f", strip).forEach((spine) => spine.classList.remove("f"));
      return;
    }
    const heads = all(".sg", canvas);
    const edge = room() - 14;
    const rights = heads.map((head) => head.getBoundingClientRect().right);
    let count = 0;
    while (count < heads.length - 1 && rights[heads.length - 1 - count] > edge - count * SPINE + 1) count += 1;
    strip.classList.toggle("on", count > 0);
    all("button", strip).forEach((spine, place) => spine.classList.toggle("f", place >= heads.length - count));
    if (!count) return;
    // chevrons lie over one another by their tips
    const from = rights[heads.length - 1 - count] - 9 - canvas.getBoundingClientRect().left;
    strip.style.setProperty("left", `${from}px`);
    strip.style.setProperty("width", `${edge + 14 - canvas.getBoundingClientRect().left - from}px`);
  }

  /** Bring a card out from under the drawer and the spines. @param {HTMLElement} source */
  function clear(source) {
    for (let turn = 0; turn < 3; turn += 1) {
      fold();
      const strip = all(".spines.on", current()).find(seen);
      const limit = strip ? strip.getBoundingClientRect().left : room();
      const hidden = source.getBoundingClientRect().right + 8 - limit;
      if (innerWidth < 1024 || hidden <= 0 || !source.closest(".board")) return;
      scrollBy(hidden + (strip ? 0 : SPINE), 0);
    }
    fold();
  }

  /** @param {string} place */
  function unfold(place) {
    const head = all(".sg", all(".canvas", current()).find(seen))[Number(place)];
    const rail = one(".rail", current());
    if (head) scrollBy(head.getBoundingClientRect().left - (rail?.offsetWidth ?? 0), 0);
    fold();
  }

  function close() {
    if (!opened()) return;
    opened()?.classList.remove("open");
    drawer.classList.remove("open");
    root.classList.remove("drawn");
    measure();
    fold();
    all(".sel").forEach((node) => node.classList.remove("sel"));
    opener?.focus({ preventScroll: true });
    opener = null;
  }

  const seen = (/** @type {Element} */ node) => node.getClientRects().length > 0;
  /** The proofs' links that are on screen now, in reading order. */
  const links = () => all('a[href^="#d"]', current()).filter(seen);

  /** @param {number} by */
  function step(by) {
    const ids = [...new Set(links().map((link) => link.getAttribute("href")))];
    const at = ids.indexOf(`#${opened()?.id}`);
    const next = ids[(at + by + ids.length) % ids.length];
    if (next) open(next.slice(1), links().find((link) => link.getAttribute("href") === next) ?? null);
  }

  // The grid: one stop for Tab, arrows between cells
  function arm() {
    const stops = all('.board a[href^="#d"]', current());
    stops.forEach((stop, place) => { stop.tabIndex = place ? -1 : 0; });
  }

  /** @param {Element} from @param {number} across @param {number} down */
  function neighbour(from, across, down) {
    const here = from.getBoundingClientRect();
    const x = here.left + Math.min(here.width, 80) / 2;
    const y = here.top + here.height / 2;
    let best = null;
    let least = Infinity;
    for (const stop of all('.board a[href^="#d"]', current()).filter(seen)) {
      if (stop === from) continue;
      const box = stop.getBoundingClientRect();
      const dx = box.left + Math.min(box.width, 80) / 2 - x;
      const dy = box.top + box.height / 2 - y;
      const along = across ? dx * across : dy * down;
      const aside = across ? Math.abs(dy) : Math.abs(dx);
      if (along < 4) continue;
      const cost = along + aside * 3;
      if (cost < least) { least = cost; best = stop; }
    }
    return best;
  }

  /** @param {Element | null} stop */
  function land(stop) {
    if (!stop) return;
    for (const other of all('.board a[href^="#d"]', current())) other.tabIndex = -1;
    const link = /** @type {HTMLElement} */ (stop);
    link.tabIndex = 0;
    link.focus();
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // Zoom
  let scale = 1;
  let byHand = false;

  /** @param {number} next */
  function rescale(next) {
    scale = next;
    for (const node of all(".board")) node.style.setProperty("zoom", String(scale));
    for (const node of all(".zv")) node.textContent = `${Math.round(scale * 100)}\u00a0%`;
  }

  /** A board narrower than the window grows a little; it never shrinks by itself, so that text stays readable. */
  function fill() {
    const board = all(".board", current()).find(seen);
    if (byHand || !board) return;
    rescale(1);
    rescale(Math.min(1.3, Math.max(1, (root.clientWidth - 30) / board.offsetWidth)));
    frame();
  }
  /** @param {number} way */
  function zoom(way) {
    const canvas = /** @type {HTMLElement | undefined} */ (all(".canvas", current()).find(seen));
    const board = canvas && one(".board", canvas);
    if (!board) return;
    byHand = true;
    const next = Math.min(2, Math.max(0.4, scale + way * 0.1));
    rescale(1);
    rescale(way === 0 ? Math.min(2, Math.max(0.3, (root.clientWidth - 30) / board.offsetWidth)) : next);
    frame();
  }

  // The whole map in small, with a frame around what is on screen

  function frame() {
    const board = all(".board", current()).find(seen);
    if (!board) return;
    const box = board.getBoundingClientRect();
    const wide = box.width > room() + 4;
    const part = Math.min(1, room() / box.width);
    const from = Math.min(1 - part, Math.max(0, -box.left / box.width));
    root.classList.toggle("wide-map", wide);
    for (const small of all(".mm", current())) {
      small.hidden = !wide;
      small.style.setProperty("--from", String(from));
      small.style.setProperty("--part", String(part));
      small.setAttribute("aria-valuenow", String(Math.round((100 * from) / (1 - part || 1))));
    }
    fold();
  }

  /** Scroll so that this part of the board is in the middle. @param {number} part */
  function centre(part) {
    const board = all(".board", current()).find(seen);
    if (!board) return;
    const box = board.getBoundingClientRect();
    scrollBy(box.left + part * box.width - room() / 2, 0);
  }

  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; frame(); });
  }, { passive: true });

  for (const small of all(".mm")) {
    const drag = (/** @type {PointerEvent} */ event) => {
      const box = small.getBoundingClientRect();
      centre((event.clientX - box.left) / box.width);
    };
    small.addEventListener("pointerdown", (event) => { small.setPointerCapture(event.pointerId); drag(event); });
    small.addEventListener("pointermove", (event) => { if (event.buttons) drag(event); });
    small.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -0.5, ArrowRight: 0.5, Home: -1e5, End: 1e5 }[event.key];
      if (by) { scrollBy(by * room(), 0); event.preventDefault(); event.stopPropagation(); }
    });
  }

  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = target.closest('a[href^="#"]');
    if (link) {
      const id = (link.getAttribute("href") ?? "").slice(1);
      if (id.startsWith("d")) { event.preventDefault(); open(id, /** @type {HTMLElement} */ (link)); return; }
      if (id.startsWith("p") && root.dataset.view === "story" && innerWidth >= 760) {
        event.preventDefault();
        const pages = all(".pg", current());
        pages.forEach((page) => page.classList.toggle("now", page.id === id));
        turn(0);
      }
      return;
    }
    const button = /** @type {HTMLElement | null} */ (target.closest("button"));
    if (!button) return;
    const data = button.dataset;
    if (data.lang) speak(data.lang);
    else if (data.view) {
      close();
      // findings are those of all customers unless a segment has its own
      if (data.view === "findings" && !one(".fi", current())) choose("0");
      show(data.view);
    }
    else if (data.map) choose(data.map);
    else if (data.go) turn(Number(data.go));
    else if (data.zoom) zoom(Number(data.zoom));
    else if (data.step) step(Number(data.step));
    else if (data.spine) unfold(data.spine);
    else if (data.columns) columns(data.columns);
    else if ("close" in data) close();
    else if (data.do === "theme") paint(root.dataset.theme === "dark" ? "light" : "dark");
    else if (data.paper) { root.dataset.paper = data.paper; one(".pp")?.removeAttribute("open"); print(); }
    else if (data.do === "lines") {
      const on = root.classList.toggle("lines");
      for (const node of all("[data-do=lines]")) node.setAttribute("aria-pressed", String(on));
    }
  });

  /** @param {string} way */
  function columns(way) {
    for (const map of all(".map.folded")) map.classList.toggle("steps-wide", way === "steps");
    for (const button of all("[data-columns]")) button.setAttribute("aria-pressed", String(button.dataset.columns === way));
    fill();
    frame();
  }

  /** @param {string} theme */
  function paint(theme) {
    root.dataset.theme = theme;
    kept.set("theme", theme);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {Element} */ (event.target);
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (event.key === "Escape" && one(".pp[open]")) { one(".pp")?.removeAttribute("open"); one(".pp summary")?.focus(); return; }
    if (event.key === "Escape" && opened()) { close(); event.preventDefault(); return; }
    if (opened() && move && move[1]) { step(move[1]); event.preventDefault(); return; }
    // a presenter presses the arrow right after the switch to the story
    const presenting = root.dataset.view === "story" && target.matches("[data-view=story]");
    if (target.matches("[role=tab]") && move && move[0] && !presenting) {
      const tabs = all("[role=tab][data-view]").filter(seen);
      tabs[(tabs.indexOf(/** @type {HTMLElement} */ (target)) + move[0] + tabs.length) % tabs.length]?.focus();
      event.preventDefault();
      return;
    }
    if (target.closest(".board") && move) { land(neighbour(target, move[0], move[1])); event.preventDefault(); return; }
    if (target.closest(".board") && event.key === "F2") { /** @type {HTMLElement} */ (target).click(); return; }
    if (root.dataset.view === "story" && !opened() && (event.key === "ArrowRight" || event.key === "PageDown")) turn(1);
    if (root.dataset.view === "story" && !opened() && (event.key === "ArrowLeft" || event.key === "PageUp")) turn(-1);
  });

  addEventListener("resize", () => { measure(); fill(); frame(); });

  // Paper: the board as wide as the sheet; what would be too small to read is printed stage by stage
  const SHEETS = { a4: 1062, a3: 1512 };
  const READABLE = 0.56;
  /** @type {(() => void)[]} */ let after = [];
  addEventListener("beforeprint", () => {
    const theme = root.dataset.theme ?? "light";
    root.dataset.theme = "light";
    root.dataset.paper ??= "a3";
    root.classList.toggle("no-twin", !(/** @type {HTMLInputElement | null} */ (one("[data-do=twin]"))?.checked ?? false));
    const sheet = SHEETS[/** @type {keyof typeof SHEETS} */ (root.dataset.paper)] ?? SHEETS.a3;
    const map = current();
    after = [() => { root.dataset.theme = theme; }];
    for (const node of all(".board")) node.style.removeProperty("zoom");
    const fits = () => sheet / Math.max(1, (all(".board", map).find((board) => board.offsetWidth > 0) ?? map).offsetWidth);
    if (map.classList.contains("steps-wide") && fits() < READABLE) {
      map.classList.remove("steps-wide");
      after.push(() => map.classList.add("steps-wide"));
    }
    root.style.setProperty("--print", String(Math.min(1.2, fits())));
  });
  addEventListener("afterprint", () => { for (const undo of after) undo(); rescale(scale); fill(); });

  // The menu of papers closes when one leaves it
  document.addEventListener("pointerdown", (event) => {
    const menu = one(".pp[open]");
    if (menu && !menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
  });

  // On a phone a tap beside the sheet closes it
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (opened() && innerWidth < 760 && !target.closest(".drawer") && !target.closest("a")) close();
  });

  if ("IntersectionObserver" in window) {
    const spy = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting || root.dataset.view === "story") continue;
        all(".spl a", current()).forEach((link) => link.classList.toggle("on", link.getAttribute("href") === `#${entry.target.id}`));
      }
    }, { rootMargin: "-25% 0px -65% 0px" });
    all(".pg").forEach((page) => spy.observe(page));
  }

  measure();
  speak(kept.get("language") ?? root.lang);
  const theme = kept.get("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.theme = theme;
  show("map");
  columns("stages");
  choose("0");
  turn(0);
  fill();
  frame();
  if (location.hash.startsWith("#d")) open(location.hash.slice(1), null);
})();
