// The door: scan a code with the camera where the browser can read one. Without it, type the code or the name.

const button = document.querySelector("[data-scans]");

/** The code of an address that our own pages make, or of a bare code; nothing else is taken from a picture. */
function codeIn(text) {
  const found = /(?:^|\/code\/)([2-9A-HJKMNP-TV-Z]{8})\/?$/.exec(text.trim());
  return found && found[1];
}

async function scan() {
  const box = document.getElementById(button.dataset.scans);
  const video = document.createElement("video");
  video.className = "scanner";
  video.muted = true;
  video.playsInline = true;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.srcObject = stream;
  button.after(video);
  const stop = () => { stream.getTracks().forEach((track) => track.stop()); video.remove(); button.disabled = false; };
  button.disabled = true;
  await video.play();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const until = Date.now() + 30_000;
  while (video.isConnected && Date.now() < until) {
    const seen = await detector.detect(video).catch(() => []);
    const code = seen.map((one) => codeIn(one.rawValue)).find(Boolean);
    if (code) {
      stop();
      box.value = code;
      box.form.requestSubmit();
      return;
    }
    await new Promise((next) => setTimeout(next, 200));
  }
  stop();
}

if (button && "BarcodeDetector" in window && navigator.mediaDevices) {
  button.hidden = false;
  button.addEventListener("click", () => scan().catch(() => { button.disabled = false; }));
}
