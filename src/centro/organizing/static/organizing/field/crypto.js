// Keys and sealing (security.md 3.10). The key of the copy exists in memory only while the page is unlocked; on the disk
// it lies wrapped by the passphrase or by a passkey. A report is sealed to the center's public key and cannot be opened here again.

const ROUNDS = 1_000_000; // PBKDF2-SHA256
const PAD = 1024; // bytes: the length of a report tells little
const utf8 = new TextEncoder();
const subtle = crypto.subtle;

export const random = (size) => crypto.getRandomValues(new Uint8Array(size));

export function base64(buffer) {
  let text = "";
  for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}

export const unbase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

export const wordsOf = (passphrase) => passphrase.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);

async function keyFrom(passphrase, salt) {
  const typed = await subtle.importKey("raw", utf8.encode(wordsOf(passphrase).join(" ")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const asKey = (raw) => subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

/** A new random key, and what is kept of it: the key wrapped by another one, and how that other one is made again. */
async function wrapNew(outer, kept) {
  const raw = random(32);
  const lock = { ...kept, nonce: random(12) };
  lock.wrapped = await subtle.encrypt({ name: "AES-GCM", iv: lock.nonce }, outer, raw);
  const key = await asKey(raw);
  raw.fill(0);
  return { key, lock };
}

async function unwrap(outer, lock) {
  const raw = new Uint8Array(await subtle.decrypt({ name: "AES-GCM", iv: lock.nonce }, outer, lock.wrapped));
  const key = await asKey(raw);
  raw.fill(0);
  return key;
}

/** A key that opens with a passphrase. */
export async function newKey(passphrase) {
  const salt = random(16);
  return wrapNew(await keyFrom(passphrase, salt), { salt });
}

/** The key behind a lock; rejects when the passphrase is wrong. */
export const openKey = async (passphrase, lock) => unwrap(await keyFrom(passphrase, lock.salt), lock);

// --- a passkey of this phone: its PRF output never leaves the authenticator but for the moment of opening ---

async function keyFromSecret(secret) {
  const drawn = await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: utf8.encode("centro field copy") };
  return subtle.deriveKey(how, drawn, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const secretOf = (credential) => credential.getClientExtensionResults().prf?.results?.first;
const asked = (salt) => ({ prf: { eval: { first: salt } } });

async function askPasskey(id, salt) {
  const allowCredentials = [{ type: "public-key", id }];
  const publicKey = { challenge: random(32), allowCredentials, userVerification: "required", extensions: asked(salt) };
  return secretOf(await navigator.credentials.get({ publicKey }));
}

/** Whether this phone could lock the copy with finger, face or PIN. */
export const hasPasskeys = async () => Boolean(await globalThis.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.());

/** A key that opens with a passkey made for this alone; the server never hears of it. Rejects where there is no PRF. */
export async function newPasskeyKey(name) {
  const salt = random(32);
  const made = await navigator.credentials.create({ publicKey: {
    challenge: random(32),
    rp: { name },
    user: { id: random(16), name, displayName: name },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
    authenticatorSelection: { authenticatorAttachment: "platform", residentKey: "preferred", userVerification: "required" },
    extensions: asked(salt),
  } });
  if (!made.getClientExtensionResults().prf?.enabled) throw new Error("no PRF");
  const secret = secretOf(made) ?? (await askPasskey(made.rawId, salt));
  return wrapNew(await keyFromSecret(secret), { passkey: made.rawId, salt });
}

/** The key behind a passkey's lock; rejects when the user turns away. */
export async function openPasskeyKey(lock) {
  return unwrap(await keyFromSecret(await askPasskey(lock.passkey, lock.salt)), lock);
}

/** Lock a value away under the key of the copy; `place` binds it to where it lies. */
export async function lockAway(key, place, value) {
  const nonce = random(12);
  const how = { name: "AES-GCM", iv: nonce, additionalData: utf8.encode(place) };
  return { nonce, body: await subtle.encrypt(how, key, utf8.encode(JSON.stringify(value))) };
}

export async function unlock(key, place, { nonce, body }) {
  const how = { name: "AES-GCM", iv: nonce, additionalData: utf8.encode(place) };
  return JSON.parse(new TextDecoder().decode(await subtle.decrypt(how, key, body)));
}

const uuidBytes = (uuid) => Uint8Array.from(uuid.replaceAll("-", "").match(/../g), (pair) => parseInt(pair, 16));

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}

/** Seal a report for the center. Its half of the key is thrown away on return: nobody here can read it again. */
export async function sealReport(serverKey, pack, id, report) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const mine = await subtle.generateKey(curve, false, ["deriveBits"]);
  const theirs = await subtle.importKey("raw", unbase64(serverKey), curve, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, mine.privateKey, 256);
  const secret = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = joined(utf8.encode("centro field report"), uuidBytes(id));
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info };
  const key = await subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const plain = utf8.encode(JSON.stringify(report));
  const padded = joined(plain, new Uint8Array(Math.ceil(plain.length / PAD) * PAD - plain.length).fill(32));
  const nonce = random(12);
  const aad = joined(uuidBytes(id), uuidBytes(pack));
  const body = await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: aad }, key, padded);
  return { key: base64(await subtle.exportKey("raw", mine.publicKey)), nonce: base64(nonce), body: base64(body) };
}
