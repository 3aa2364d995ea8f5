// The desk's own script: small comforts only; every page works without it.
"use strict";

(() => {
  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
  });
  // A page that comes back from the browser's memory may send again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // What went wrong is read out first.
  const problems = document.getElementById("problems");
  if (problems) problems.focus();
})();
