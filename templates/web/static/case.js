// The case page: one key to confirm, and forms that keep what was typed.
"use strict";

(() => {
  // "c" confirms the suggestion, as its button does; never while somebody types.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const here = event.target;
    if (here.closest("input, textarea, select, [contenteditable]")) return;
    const button = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
    if (button) {
      event.preventDefault();
      button.focus();
    }
  });

  // Colleagues see that this page is still open, and this page sees theirs.
  const EVERY = 20000;
  const others = document.getElementById("others");
  const look = async () => {
    if (!others || document.hidden) return;
    const told = await fetch(others.dataset.here, { headers: { Accept: "application/json" } });
    if (!told.ok || told.redirected) return;
    const tags = (await told.json()).others.map((said) => {
      const tag = document.createElement("span");
      tag.className = "tag alert";
      tag.textContent = said;
      return tag;
    });
    // A region that changes is read aloud, so it only changes when something did.
    const before = [...others.children].map((one) => one.textContent).join("|");
    if (before !== tags.map((one) => one.textContent).join("|")) others.replaceChildren(...tags);
  };
  setInterval(() => look().catch(() => {}), EVERY);
  // Tests and impatient people look at once.
  document.addEventListener("look", () => look().catch(() => {}));
})();
