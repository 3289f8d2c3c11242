"use strict";
// Switches language and scheme of a report that is whole without it. Reads the DOM, never writes HTML.
(() => {
  const root = document.documentElement;
  /** @param {string} selector @returns {HTMLElement[]} */
  const all = (selector) => Array.from(document.querySelectorAll(selector));
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
  /** @param {string} language */
  function speak(language) {
    root.lang = language;
    for (const node of all("[data-ru]")) node.setAttribute("aria-label", node.dataset[language] ?? "");
    for (const node of all("[data-lang]")) node.setAttribute("aria-pressed", String(node.dataset.lang === language));
  }
  /** @param {string} scheme */
  function paint(scheme) {
    root.dataset.theme = scheme;
    for (const node of all("[data-scheme]")) node.setAttribute("aria-pressed", String(scheme === "dark"));
  }
  root.classList.add("js");
  for (const node of all("[data-lang]")) node.addEventListener("click", () => {
    speak(node.dataset.lang ?? "ru");
    kept.set("language", root.lang);
  });
  for (const node of all("[data-scheme]")) node.addEventListener("click", () => {
    paint(root.dataset.theme === "dark" ? "light" : "dark");
    kept.set("theme", root.dataset.theme ?? "light");
  });
  const asked = new URLSearchParams(location.search);
  speak(asked.get("lang") ?? kept.get("language") ?? root.lang);
  paint(asked.get("theme") ?? kept.get("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  addEventListener("beforeprint", () => { for (const node of all("details")) node.setAttribute("open", ""); });
})();
