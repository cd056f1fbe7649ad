// Drawing on the page: the result, how the line stands, dialogs.

import { signal } from "./signal.js";
import { say } from "./words.js";

export const $ = (id) => document.getElementById(id);
const CLEARS_AFTER = 2000;
let clearing = 0;

export function make(tag, words = "", attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = words;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export function copyOf(id) {
  return $(id).content.firstElementChild.cloneNode(true);
}

function dress(state) {
  for (const element of [$("panel"), $("scanning")]) {
    element.classList.remove("green", "amber", "red", "ready", "checking", "clears");
    element.classList.add(state);
  }
}

export function showReady() {
  clearTimeout(clearing);
  dress("ready");
  for (const part of ["title", "line", "more"]) $(`result-${part}`).textContent = "";
}

export function showChecking() {
  clearTimeout(clearing);
  dress("checking");
  $("result-title").textContent = say("checking");
}

// Green and amber make room again after two seconds, red stays until the next scan.
export function showResult({ colour, title, line, more }, loud) {
  clearTimeout(clearing);
  dress(colour);
  $("shape").replaceChildren(copyOf(`shape-${colour}`));
  $("result-title").textContent = title;
  $("result-line").textContent = line;
  $("result-more").textContent = more;
  if (loud) signal(colour);
  if (colour === "red") return;
  void $("panel").offsetWidth; // so that the bar begins anew when one result follows another
  $("panel").classList.add("clears");
  clearing = setTimeout(showReady, CLEARS_AFTER);
}

export function showLine(online, count) {
  const status = $("status");
  const words = say(online ? "online" : "offline", { count });
  if (status.dataset.words === words) return;
  status.dataset.words = words;
  status.classList.toggle("off", !online);
  status.replaceChildren(copyOf(online ? "glyph-tick" : "glyph-offline"), make("span", words));
}

export function showWrong(id, words) {
  const place = $(id);
  place.hidden = !words;
  place.querySelector("span").textContent = words;
}

export function open(id, focus) {
  const dialog = $(id);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  (focus ? $(focus) : dialog.querySelector("h2"))?.focus();
}

export function anyOpen() {
  return document.querySelector("dialog[open]") !== null;
}
