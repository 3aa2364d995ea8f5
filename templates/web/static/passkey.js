// Passkeys: puts the question of the form to the browser and sends its answer with the form.
"use strict";

(() => {
  const forms = document.querySelectorAll("form[data-passkey]");
  if (!window.PublicKeyCredential) return;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const withBytes = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const make = async (question) => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...question,
        challenge: bytes(question.challenge),
        user: { ...question.user, id: bytes(question.user.id) },
        excludeCredentials: withBytes(question.excludeCredentials),
      },
    });
    return {
      id: made.id, rawId: text(made.rawId), type: made.type,
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
      },
    };
  };

  const show = async (question) => {
    const shown = await navigator.credentials.get({
      publicKey: {
        ...question,
        challenge: bytes(question.challenge),
        allowCredentials: withBytes(question.allowCredentials),
      },
    });
    return {
      id: shown.id, rawId: text(shown.rawId), type: shown.type,
      response: {
        clientDataJSON: text(shown.response.clientDataJSON),
        authenticatorData: text(shown.response.authenticatorData),
        signature: text(shown.response.signature),
        userHandle: shown.response.userHandle ? text(shown.response.userHandle) : null,
      },
    };
  };

  for (const form of forms) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const trouble = form.querySelector("[data-trouble]");
      trouble.hidden = true;
      try {
        const question = JSON.parse(form.dataset.question);
        const answer = await (form.dataset.passkey === "new" ? make : show)(question);
        form.elements.credential.value = JSON.stringify(answer);
        form.submit();
      } catch {
        // Cancelled, timed out, or no such passkey here: the person may try again.
        trouble.hidden = false;
      }
    });
  }
})();
