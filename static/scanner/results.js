// What a result means to whoever holds the phone: a colour, a title, a line, and a sentence more.

import { clockTime, say } from "./words.js";

const NO_ENTRY = ["unknown_code", "other_fair", "not_registered", "cancelled"];

// `result` is null when no answer came: the scan is kept and goes later.
export function reading(item, result, pairing) {
  const time = clockTime(item.at, pairing.fair.zone);
  if (result === null) return saved(item, time);
  const name = result.person?.name ?? "";
  if (result.status === "recorded") return recorded(item, result, name, time);
  if (result.status === "duplicate" || (result.reason === "already_in" && result.first)) return before(result, name, pairing);
  return refused(item, result);
}

function withName(key, name) {
  return name ? say(key, { name }) : say(`${key}_nobody`);
}

function saved(item, time) {
  return { colour: "green", title: say("saved"), line: passage(item.kind, time), more: say("saved_here") };
}

function passage(kind, time) {
  return say({ in: "in_at", out: "out_at" }[kind] ?? "scanned_at", { time });
}

function recorded(item, result, name, time) {
  const line = passage(item.kind, time);
  if (result.reason === "no_consent") return { colour: "amber", title: say("ask_first"), line, more: say("no_consent") };
  if (item.kind === "out") return { colour: "green", title: withName("goodbye", name), line, more: "", name };
  if (item.kind === "booth" || item.kind === "meeting") return { colour: "green", title: name || say("saved"), line, more: "", name };
  const more = item.kind === "session" ? say("in_the_programme") : "";
  return { colour: "green", title: withName("welcome", name), line, more, name };
}

function before(result, name, pairing) {
  const facts = { time: clockTime(result.first.at, pairing.fair.zone), by: result.first.by };
  const line = say("first_by", facts);
  if (result.reason === "already_in") return { colour: "amber", title: say("already_in"), line, more: withName("go_in_again", name), name };
  if (result.reason === "already_out") return { colour: "amber", title: say("already_out"), line, more: name ? say("went_out", { name }) : "", name };
  return { colour: "amber", title: say("already_scanned"), line, more: name, name };
}

function refused(item, result) {
  const reason = say(result.reason) ? result.reason : "bad_item";
  const atTheDoor = (item.kind === "in" || item.kind === "out") && NO_ENTRY.includes(reason);
  return { colour: "red", title: say(reason), line: say(atTheDoor ? "not_let_in" : "not_counted"), more: say(`${reason}_more`) };
}

export function notABadge() {
  return { colour: "red", title: say("not_a_badge"), line: say("not_counted"), more: say("not_a_badge_more") };
}
