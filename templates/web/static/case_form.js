// Forms of acts: what is typed is kept every few seconds, and what the letter must say is ticked.
"use strict";

(() => {
  const form = document.getElementById("act");
  if (!form) return;
  const EVERY = 3000;
  const said = form.querySelector(".saved");
  let changed = false;
  let busy = false;

  const keep = async () => {
    if (!changed || busy || form.dataset.draft !== "yes" || form.dataset.sent) return;
    changed = false;
    busy = true;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    body.set("save", "yes");
    body.set("quiet", "yes");
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
      if (answer.status !== 204) throw new Error("not kept");
      const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
      said.textContent = `${form.dataset.saved} ${now}`;
    } catch {
      changed = true;
      said.textContent = form.dataset.notSaved;
    } finally {
      busy = false;
    }
  };

  const tick = () => {
    for (const one of form.querySelectorAll("[data-needs]")) {
      const there = one.dataset.needs.split(" ").every((name) => {
        const field = form.elements[name];
        return field && field.value.trim() !== "";
      });
      one.classList.toggle("there", there);
      const state = one.querySelector("[data-state]");
      if (state) state.hidden = there;
    }
  };

  form.addEventListener("input", () => {
    changed = true;
    tick();
  });
  setInterval(keep, EVERY);
})();
