// Keys for the review. The page works without them: each key presses a button or follows a link that is there anyway.
// They work only while the focus is in a list of concepts, and can be switched off (WCAG 2.2, 2.1.4).
"use strict";

(() => {
  const STORE = "szlak-review-keys";
  const page = document.querySelector("[data-review]");
  const legend = document.querySelector("[data-legend]");
  const toggle = document.querySelector("[data-keys]");

  const remember = (value) => { try { localStorage.setItem(STORE, value); } catch { /* storage is blocked: the choice lasts for this page */ } };
  const recall = () => { try { return localStorage.getItem(STORE); } catch { return null; } };

  const candidates = () => [...page.querySelectorAll("[data-candidate]")].filter((item) => item.checkVisibility());
  const focus = (item) => {
    if (!item) return;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };
  const move = (from, by) => {
    const all = candidates();
    focus(all[Math.min(Math.max(all.indexOf(from) + by, 0), all.length - 1)]);
  };
  const press = (element) => {
    if (!element) return false;
    if (element.matches("input")) element.focus(); else element.click();
    return true;
  };

  const keys = {
    j: (item) => { move(item, 1); return true; },
    k: (item) => { move(item, -1); return true; },
    a: (item) => press(item && item.querySelector('[data-key="a"]')),
    r: (item) => press(item && item.querySelector('[data-key="r"]')),
    d: (item) => press(item && item.querySelector("summary")),
  };
  const anywhere = (key) => press(page.querySelector(`[data-key="${CSS.escape(key)}"]`));

  document.addEventListener("keydown", (event) => {
    if (!toggle.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!event.target.closest("[data-list]") || event.target.closest("input, select, textarea")) return;
    const item = event.target.closest("[data-candidate]");
    const done = event.key in keys ? keys[event.key](item) : "nuop/".includes(event.key) && anywhere(event.key);
    if (done) event.preventDefault();
  });

  // One answer a press: a second one before the page has changed is not sent.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });

  legend.hidden = false;
  toggle.checked = recall() !== "off";
  toggle.addEventListener("change", () => remember(toggle.checked ? "on" : "off"));
  const found = page.querySelector(".found [data-candidate]");
  if (toggle.checked) focus(found ?? page.querySelector("[data-waiting]") ?? candidates()[0]);
})();
