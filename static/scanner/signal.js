// Sound and vibration: three signals that are told apart without looking.

const SOUNDS = { green: [[880, 0, 0.09], [1320, 0.1, 0.14]], amber: [[620, 0, 0.12], [620, 0.18, 0.12]], red: [[220, 0, 0.45]] };
const SHAKES = { green: [60], amber: [60, 80, 60], red: [300] };

let sounds = null;

// Browsers let a page make sounds only after somebody touched it.
export function wakeSound() {
  const Context = window.AudioContext ?? window.webkitAudioContext;
  if (!Context) return;
  sounds ??= new Context();
  if (sounds.state === "suspended") sounds.resume().catch(() => {});
}

export function signal(colour) {
  navigator.vibrate?.(SHAKES[colour]);
  if (sounds?.state !== "running") return;
  for (const [pitch, after, long] of SOUNDS[colour]) {
    const tone = sounds.createOscillator();
    const loudness = sounds.createGain();
    tone.frequency.value = pitch;
    tone.type = colour === "red" ? "square" : "sine";
    loudness.gain.value = 0.2;
    tone.connect(loudness).connect(sounds.destination);
    tone.start(sounds.currentTime + after);
    tone.stop(sounds.currentTime + after + long);
  }
}
