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
})();
