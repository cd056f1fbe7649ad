// At a booth: ask first, then see what is shared, and write.

import { ask, Unreachable } from "./api.js";
import { codeIn } from "./code.js";
import { $, copyOf, make, open, showWrong } from "./view.js";
import { clockTime, say } from "./words.js";

export class Booth {
  // write(code, {note, star, next}) sends what was written as a scan of its own; told(result) shows what came of it.
  constructor({ write, told }) {
    this.write = write;
    this.told = told;
    this.drafts = new Map(); // code -> what was begun and not saved: nothing typed is lost
    this.code = null;
    this.question = null;
    $("yes").addEventListener("click", () => this.yes());
    $("not-now").addEventListener("click", () => $("asking").close());
    $("remark").addEventListener("submit", (event) => this.save(event));
    for (const button of document.querySelectorAll("[data-queue]")) button.addEventListener("click", () => this.lineUp(button.closest("dialog")));
    $("person").addEventListener("close", () => this.putAside());
  }

  async asking(code, pairing) {
    this.code = code;
    this.pairing = pairing;
    const answer = await this.post("/device/question", { code });
    if (answer?.status !== 200) return this.show(code, pairing, null);
    this.question = answer.data;
    const words = $("question");
    words.textContent = answer.data.words;
    words.lang = answer.data.language;
    words.dir = answer.data.direction;
    showWrong("asking-wrong", "");
    return open("asking");
  }

  async yes() {
    const answer = await this.post("/device/share", { code: this.code, language: this.question.language });
    if (answer === null) return showWrong("asking-wrong", say("unreachable"));
    if (answer.status !== 200) return showWrong("asking-wrong", answer.data?.error ?? say("bad_item_more"));
    $("asking").close();
    return this.draw(this.code, answer.data);
  }

  // They wait their turn in the booth's queue, and hear their number.
  async lineUp(dialog) {
    const answer = await this.post("/device/queue", { code: this.code });
    dialog.close();
    if (answer?.status === 200) {
      const { number, words } = answer.data;
      return this.told({ colour: "green", title: say("number", { number }), line: words, more: "" });
    }
    const why = answer === null ? say("unreachable") : (answer.data?.error ?? say("bad_item_more"));
    return this.told({ colour: "amber", title: say("not_in_queue"), line: "", more: why });
  }

  // `code` was scanned: open the profile that is shared, or the note alone.
  async show(code, pairing, line) {
    this.pairing = pairing;
    const answer = await this.post("/device/person", { code });
    const missing = answer === null ? "profile_offline" : answer.status === 200 ? "" : "profile_hidden";
    this.draw(code, missing ? null : answer.data, { missing, line });
  }

  draw(code, profile, { missing = "", line = null } = {}) {
    this.code = code;
    $("person-line").replaceChildren(...(line ? [copyOf("glyph-tick"), make("span", line)] : []));
    const name = profile?.name ?? code.match(/.{4}/g).join("-");
    $("person-name").replaceChildren(make("bdi", name));
    $("person-words").hidden = !missing;
    $("person-words").textContent = missing ? say(missing) : "";
    $("facts").replaceChildren(...(profile?.facts ?? []).map(fact));
    const remarks = profile?.remarks ?? [];
    $("earlier").hidden = remarks.length === 0;
    $("remarks").replaceChildren(...remarks.map((one) => this.remark(one)));
    this.takeUp();
    open("person", "person-name");
  }

  remark({ by, at, note, star, next }) {
    const row = make("li");
    const facts = { by, time: clockTime(at, this.pairing.fair.zone) };
    row.append(make("p", say("by_at", facts), { class: "small second" }));
    const said = [star ? say("stars", { count: star }) : "", next === "none" ? "" : say(next)].filter(Boolean);
    if (said.length) row.append(make("p", said.join(" · "), { class: "small" }));
    if (note) row.append(make("p", note, { dir: "auto" }));
    return row;
  }

  get written() {
    const chosen = (name) => $("remark").querySelector(`[name=${name}]:checked`).value;
    return { note: $("note").value.trim(), star: Number(chosen("star")), next: chosen("next") };
  }

  fill({ note, star, next }) {
    $("note").value = note;
    $(`star-${star}`).checked = true;
    $(`next-${next}`).checked = true;
  }

  takeUp() {
    this.fill(this.drafts.get(this.code) ?? { note: "", star: 0, next: "none" });
  }

  putAside() {
    const { note, star, next } = this.written;
    if (note || star || next !== "none") this.drafts.set(this.code, { note, star, next });
    else this.drafts.delete(this.code);
  }

  save(event) {
    event.preventDefault();
    const written = this.written;
    this.fill({ note: "", star: 0, next: "none" });
    $("person").close();
    if (written.note || written.star || written.next !== "none") this.write(this.code, written);
  }

  async list(pairing) {
    this.pairing = pairing;
    let people = null;
    try {
      people = (await ask("/device/people", { token: pairing.token })).data?.people ?? [];
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
    }
    $("people-none").hidden = people?.length > 0;
    $("people-none").textContent = say(people === null ? "unreachable" : "nobody_met");
    $("people-list").replaceChildren(...(people ?? []).map((one) => this.met(one)));
    open("people");
  }

  met({ code, name, at, star }) {
    const row = make("li");
    const button = make("button", "", { type: "button" });
    const marks = make("span", "", { class: "second small" });
    if (star) marks.append(...Array.from({ length: star }, () => copyOf("glyph-star")), make("span", say("stars", { count: star }), { class: "unseen" }));
    marks.append(make("span", ` ${clockTime(at, this.pairing.fair.zone)}`, { class: "ltr" }));
    button.append(make("bdi", name), marks);
    button.addEventListener("click", () => {
      $("people").close();
      this.show(codeIn(code), this.pairing, null);
    });
    row.append(button);
    return row;
  }

  async post(path, body) {
    try {
      return await ask(path, { token: this.pairing.token, body });
    } catch (error) {
      if (error instanceof Unreachable) return null;
      throw error;
    }
  }
}

function fact([label, words]) {
  const row = make("div");
  row.append(make("dt", label), make("dd", words, { dir: "auto" }));
  return row;
}
