// The camera: what it sees, and the codes in it. The phone's own detector where it reads these codes, else zxing.

const PAUSE = 90; // between two looks, so that an old phone stays cool
const WIDEST = 720; // a code that fills a quarter of the frame is read at this width
const GONE = 1500; // a badge that is still held up is not scanned twice

async function ownDetector() {
  if (!("BarcodeDetector" in window)) return null;
  try {
    const formats = await BarcodeDetector.getSupportedFormats();
    if (!formats.includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video)).map((found) => found.rawValue);
  } catch {
    return null;
  }
}

async function zxing() {
  const { prepareZXingModule, readBarcodes } = await import("../vendor/zxing/reader/index.js");
  const locateFile = (name) => new URL(`../vendor/zxing/reader/${name}`, import.meta.url).href;
  await prepareZXingModule({ overrides: { locateFile }, fireImmediately: true });
  const canvas = document.createElement("canvas");
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = drawing.getImageData(0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(picture, { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 2 });
    return found.filter((one) => one.isValid).map((one) => one.text);
  };
}

export class Camera {
  constructor(video, onCode) {
    this.video = video;
    this.onCode = onCode;
    this.seen = new Map(); // text -> when it was last in the picture
    this.running = 0;
  }

  // Answers null, or the key of the words that say why there is no picture.
  async start() {
    if (this.stream) return null;
    if (!navigator.mediaDevices?.getUserMedia) return window.isSecureContext ? "camera_missing" : "camera_insecure";
    try {
      const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
      this.stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      this.video.srcObject = this.stream;
      await this.video.play();
      this.read ??= (await ownDetector()) ?? (await zxing());
    } catch (error) {
      this.stop();
      const known = { NotAllowedError: "camera_refused", NotFoundError: "camera_missing" };
      return known[error.name] ?? "camera_broken";
    }
    this.look(++this.running);
    return null;
  }

  stop() {
    this.running += 1;
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  async look(run) {
    while (run === this.running) {
      if (this.video.readyState >= 2 && !this.resting) await this.lookOnce();
      await new Promise((then) => setTimeout(then, PAUSE));
    }
  }

  async lookOnce() {
    let texts = [];
    try {
      texts = await this.read(this.video);
    } catch {
      return; // a frame that cannot be read: the next one comes at once
    }
    const now = performance.now();
    for (const [text, at] of this.seen) if (now - at > GONE) this.seen.delete(text);
    for (const text of texts) {
      const isNew = !this.seen.has(text);
      this.seen.set(text, now);
      if (isNew && !this.resting) this.onCode(text);
    }
  }

  // While something else covers the picture, nothing is scanned.
  rest(resting) {
    this.resting = resting;
    if (!resting) for (const text of this.seen.keys()) this.seen.set(text, performance.now());
  }

  get light() {
    const track = this.stream?.getVideoTracks()[0];
    return track?.getCapabilities?.().torch ? track : null;
  }

  async shine(on) {
    await this.light?.applyConstraints({ advanced: [{ torch: on }] });
  }
}
