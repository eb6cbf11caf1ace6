// Passkeys. A form with data-passkey="create" or "get" asks the device, fills its field `credential`, and goes on.
// Options stand in the form as JSON, or are fetched from data-options-url. Works on forms that arrive later too.

const bytes = (text) => {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
};

const text = (buffer) => {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const unpack = (options) => {
  const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return { publicKey: key };
};

const pack = (made) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = text(made.response[name]);
  }
  if (made.response.getTransports) response.transports = made.response.getTransports();
  return {
    id: made.id, rawId: text(made.rawId), type: made.type, response,
    authenticatorAttachment: made.authenticatorAttachment,
    clientExtensionResults: made.getClientExtensionResults(),
  };
};

const optionsOf = async (form) => {
  const held = form.querySelector('script[type="application/json"]');
  if (held) return JSON.parse(held.textContent);
  const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
};

const say = (form, what) => {
  for (const words of ["failed", "missing"]) {
    form.querySelector(`[data-passkey-${words}]`).hidden = words !== what;
  }
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.passkey || form.elements.credential.value) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!window.PublicKeyCredential) return say(form, "missing");
  say(form, "");
  try {
    const made = await navigator.credentials[form.dataset.passkey](unpack(await optionsOf(form)));
    form.elements.credential.value = JSON.stringify(pack(made));
    form.requestSubmit();
  } catch {
    say(form, "failed");
  }
}, true);
