// The scanner: a code comes in by camera, keyboard or hand scanner, and its result goes out in colour, word and sound.

import { Booth } from "./booth.js";
import { Camera } from "./camera.js";
import { codeIn, newId } from "./code.js";
import { listenForHandScanner } from "./keys.js";
import { askForCode } from "./pairing.js";
import { Queue } from "./queue.js";
import { notABadge, reading } from "./results.js";
import { wakeSound } from "./signal.js";
import { forget, keep, kept } from "./store.js";
import { $, anyOpen, open, showChecking, showLine, showReady, showResult, showWrong } from "./view.js";
import { say } from "./words.js";

const IDLE = 30_000; // how often a quiet phone asks whether it is online, and still paired

let pairing = null;
let kind = "in";

const queue = new Queue({ heard: heardLate, changed: () => showLine(queue.online, queue.waiting.length), lost: endPairing });
const camera = new Camera($("video"), scanned);
const booth = new Booth({ write, told: show });

// --- Scanning -------------------------------------------------------------------------------

async function scanned(text) {
  if (!pairing || anyOpen()) return;
  const code = codeIn(text);
  if (code === null) {
    show(notABadge());
    return;
  }
  const item = scanOf(code, {});
  const slow = setTimeout(showChecking, 250);
  const result = await queue.add(item);
  clearTimeout(slow);
  if (!pairing || endedBy(result)) return;
  const read = reading(item, result, pairing);
  show(read);
  remember(read, item);
  if (pairing.purpose === "booth") goOn(code, result, read);
}

function scanOf(code, written) {
  return { id: newId(), code, kind, at: new Date().toISOString(), offline: false, note: "", star: 0, next: "none", ...written };
}

function show(read) {
  showResult(read, kept("loud", true));
}

// At a booth a scan is the beginning: ask, or see who it is.
function goOn(code, result, read) {
  if (result === null) booth.show(code, pairing, `${read.title}, ${read.line}`);
  else if (read.colour === "red" || (result.person && result.person.kind !== "jobseeker")) return;
  else if (result.person === null) booth.asking(code, pairing);
  else booth.show(code, pairing, read.line);
}

async function write(code, written) {
  const result = await queue.add(scanOf(code, written));
  if (!pairing || endedBy(result)) return;
  if (result === null) show({ colour: "green", title: say("saved"), line: "", more: say("saved_here") });
  else if (result.status === "conflict" || result.status === "refused") show(reading({ kind, at: new Date().toISOString() }, result, pairing));
  else show({ colour: "green", title: say("saved"), line: "", more: say("note_saved") });
}

function remember(read, item) {
  if (read.colour !== "red") $("last").textContent = say("last", { name: read.name || item.code.slice(0, 4), what: read.line });
}

// A revoked phone hears nothing of anybody; when all it kept is answered, it forgets its pairing.
function endedBy(result) {
  if (result?.reason !== "revoked_device") return false;
  if (!queue.ours.length) endPairing();
  return true;
}

// Answers to scans that were kept: only what a person must decide is worth words.
function heardLate({ item, result }) {
  if (endedBy(result)) return;
  if (result.status !== "conflict" && result.status !== "refused") return;
  $("late").hidden = false;
  $("late").textContent = say("late", { what: result.words || say(result.reason) || item.code });
}

// --- Pairing --------------------------------------------------------------------------------

function begin(given) {
  pairing = given;
  queue.pairing = given;
  kind = given.may[0];
  $("pairing").hidden = true;
  $("scanning").hidden = false;
  $("label").textContent = given.device.label;
  $("ways").hidden = !given.may.includes("out");
  $("people-open").hidden = !given.may.includes("list");
  choose(kind);
  showReady();
  showLine(queue.online, queue.waiting.length);
  look();
  queue.send();
  $("menu-open").focus();
}

// The server does not know this phone any more: it forgets whom it was paired with, never what still waits.
function endPairing() {
  forget("pairing");
  stop();
  askForCode(begin, say("unpaired"));
}

function stop() {
  camera.stop();
  pairing = null;
  queue.pairing = null;
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
}

// --- The camera -----------------------------------------------------------------------------

async function look() {
  $("camera-words").textContent = camera.stream ? "" : say("camera_asks");
  const trouble = await camera.start();
  $("video").hidden = trouble !== null;
  $("camera-words").textContent = trouble ? say(trouble) : "";
  $("torch").hidden = !camera.light;
  navigator.wakeLock?.request("screen").catch(() => {});
}

$("torch").addEventListener("click", async () => {
  const on = $("torch").getAttribute("aria-pressed") !== "true";
  await camera.shine(on);
  $("torch").setAttribute("aria-pressed", on);
});

document.addEventListener("visibilitychange", () => {
  if (!pairing) return;
  if (document.hidden) camera.stop();
  else look();
});

// --- Buttons and dialogs --------------------------------------------------------------------

function choose(chosen) {
  kind = chosen;
  for (const way of document.querySelectorAll(".way")) way.setAttribute("aria-pressed", way.dataset.kind === chosen);
}

for (const way of document.querySelectorAll(".way")) way.addEventListener("click", () => choose(way.dataset.kind));

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("close", () => camera.rest(anyOpen()));
  new MutationObserver(() => camera.rest(anyOpen())).observe(dialog, { attributeFilter: ["open"] });
  for (const button of dialog.querySelectorAll("[data-close]")) button.addEventListener("click", () => dialog.close());
}

$("type-open").addEventListener("click", () => {
  $("type-code").value = "";
  showWrong("type-wrong", "");
  open("typing", "type-code");
});

$("type").addEventListener("submit", (event) => {
  event.preventDefault();
  const code = codeIn($("type-code").value);
  if (code === null) {
    showWrong("type-wrong", say("type_missing"));
    $("type-code").focus();
    return;
  }
  $("typing").close();
  scanned(code);
});

$("menu-open").addEventListener("click", () => {
  $("menu-label").textContent = pairing.device.label;
  $("menu-fair").textContent = pairing.fair.name;
  $("menu-name").textContent = pairing.device.name || "–";
  $("menu-waiting").textContent = queue.waiting.length;
  $("unsent").hidden = !queue.waiting.length;
  $("unsent").textContent = say("unsent", { count: queue.waiting.length });
  $("sound").checked = kept("loud", true);
  open("menu");
});

$("sound").addEventListener("change", () => keep("loud", $("sound").checked));
$("people-open").addEventListener("click", () => {
  $("menu").close();
  booth.list(pairing);
});
$("unpair").addEventListener("click", () => {
  forget("pairing");
  stop();
  askForCode(begin);
});

addEventListener("pointerdown", wakeSound);
addEventListener("keydown", wakeSound);
listenForHandScanner(scanned);
setInterval(() => {
  if (pairing && !document.hidden && !queue.sending) queue.look().catch(() => queue.setOnline(false));
}, IDLE);
addEventListener("hashchange", () => {
  if (!location.hash) return;
  stop();
  askForCode(begin);
});

const before = kept("pairing");
if (before && !location.hash) begin(before);
else askForCode(begin);
