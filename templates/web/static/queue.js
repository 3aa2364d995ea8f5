// The queue by keyboard, and a list that renews itself while nobody is busy with it.
"use strict";

(() => {
  const EVERY = 20000;
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const here = () => rows().findIndex((row) => row.getAttribute("aria-current") === "true");
  const writing = (target) => target.matches("input:not([type=checkbox]), textarea, select");
  let before = "";

  function go(to) {
    const all = rows();
    const row = all[Math.max(0, Math.min(to, all.length - 1))];
    if (!row) return;
    for (const one of all) one.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    row.querySelector("a").focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function tick() {
    const row = rows()[here()];
    if (row) row.querySelector("input[type=checkbox]").click();
  }

  const acts = {
    j: () => go(here() + 1),
    k: () => go(here() - 1),
    ArrowDown: () => go(here() + 1),
    ArrowUp: () => go(here() - 1),
    x: tick,
    c: () => {
      if (!document.querySelector("[name=case]:checked")) tick();
      const button = document.querySelector("button[value=confirm]");
      if (button) button.click();
    },
    a: () => {
      if (!document.querySelector("[name=case]:checked")) tick();
      const choice = document.getElementById("to");
      if (choice) choice.focus();
    },
    "/": () => document.getElementById("q").focus(),
    "?": () => {
      const keys = document.getElementById("keys");
      keys.open = !keys.open;
      if (keys.open) keys.querySelector("summary").focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    const act = before === "g" && event.key === "q" ? () => window.location.assign("/queue") : acts[event.key];
    before = event.key;
    if (!act) return;
    event.preventDefault();
    act();
  });

  async function renew() {
    const list = document.getElementById("list");
    const busy = list.querySelector("[name=case]:checked") || list.contains(document.activeElement) || document.hidden;
    if (busy || document.getElementById("q").value) return;
    const told = await fetch("/queue/newest", { headers: { Accept: "application/json" } });
    if (!told.ok || String((await told.json()).newest) === list.dataset.newest) return;
    const page = await fetch(window.location.href);
    if (!page.ok || page.redirected) return;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    list.replaceWith(document.adoptNode(fresh.getElementById("list")));
    document.querySelector(".heaps").replaceWith(document.adoptNode(fresh.querySelector(".heaps")));
    document.getElementById("news").textContent = document.title;
  }

  setInterval(() => renew().catch(() => {}), EVERY);
  // Tests and impatient people renew at once.
  document.addEventListener("renew", () => renew().catch(() => {}));
})();
