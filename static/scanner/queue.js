// Scans on their way. Each is kept until it is answered, sent in order, and sent again with the same id.

import { ask, Unreachable } from "./api.js";
import { keep, kept } from "./store.js";

const WAITING = "waiting";
const AT_ONCE = 200;
const PAUSES = [1000, 2000, 5000, 10_000, 20_000];

export class Queue {
  // heard({item, result}) for answers nobody waits for any more; changed() when the count or the line changes;
  // lost() when the server does not know this phone any more.
  constructor({ heard, changed, lost }) {
    Object.assign(this, { heard, changed, lost });
    this.pairing = null;
    this.online = navigator.onLine;
    this.failures = 0;
    this.sending = null;
    this.asked = new Map(); // id -> the one who waits for its answer
    addEventListener("online", () => this.send());
    addEventListener("offline", () => this.setOnline(false));
  }

  get waiting() {
    return kept(WAITING, []);
  }

  // Only what was scanned for this fair may be sent for it.
  get ours() {
    return this.waiting.filter((one) => one.fair === this.pairing?.fair.slug);
  }

  // Keep a scan and send it. Answers its result, or null when no answer came in time: it goes on waiting.
  add(item, patience = 4000) {
    keep(WAITING, [...this.waiting, { fair: this.pairing.fair.slug, item: { ...item, offline: !this.online } }]);
    this.changed();
    return new Promise((answer) => {
      const late = setTimeout(() => this.settle(item.id, null), this.online ? patience : 0);
      this.asked.set(item.id, (result) => {
        clearTimeout(late);
        answer(result);
      });
      this.send();
    });
  }

  settle(id, result) {
    const waiter = this.asked.get(id);
    this.asked.delete(id);
    waiter?.(result);
    return waiter !== undefined;
  }

  send() {
    clearTimeout(this.timer);
    this.sending ??= this.sendAll().finally(() => {
      this.sending = null;
      if (this.online && this.pairing && this.ours.length) this.send(); // one came in while the last was answered
    });
    return this.sending;
  }

  async sendAll() {
    try {
      while (this.pairing && this.ours.length) await this.sendSome();
      if (this.pairing && !this.online) await this.look();
      this.failures = 0;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.setOnline(false);
      this.markOffline();
      this.again(error.wait);
    }
  }

  async sendSome() {
    const some = this.ours.slice(0, this.oneByOne ? 1 : AT_ONCE).map((one) => one.item);
    const body = { sent: new Date().toISOString(), scans: some };
    const answer = await ask("/device/scans", { token: this.pairing.token, body });
    if (answer.status === 401) return this.lost();
    if (answer.status === 413 || answer.status === 422) return this.refused(some);
    if (answer.status !== 200) throw Object.assign(new Unreachable(answer.status), { wait: answer.wait });
    this.oneByOne = false;
    this.setOnline(true);
    answer.data.results.forEach((result, place) => this.answered(some[place], result));
    return undefined;
  }

  answered(item, result) {
    this.remove(item.id);
    if (!this.settle(item.id, result)) this.heard({ item, result });
    this.changed();
  }

  // The whole upload was not taken: find the one that spoils it by sending them one by one.
  refused(some) {
    if (some.length > 1) this.oneByOne = true;
    else this.answered(some[0], { status: "refused", reason: "bad_item", first: null, person: null });
  }

  remove(id) {
    keep(WAITING, this.waiting.filter((one) => one.item.id !== id));
  }

  markOffline() {
    keep(WAITING, this.waiting.map((one) => ({ ...one, item: { ...one.item, offline: true } })));
    for (const id of [...this.asked.keys()]) this.settle(id, null);
  }

  // Online again with nothing to send: the server says so.
  async look() {
    const answer = await ask("/device/me", { token: this.pairing.token });
    if (answer.status === 401 && !this.ours.length) this.lost();
    else if (answer.status === 200) this.setOnline(true);
    else throw Object.assign(new Unreachable(answer.status), { wait: answer.wait });
  }

  again(seconds) {
    const pause = seconds ? seconds * 1000 : PAUSES[Math.min(this.failures, PAUSES.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.send(), pause);
  }

  setOnline(online) {
    this.online = online;
    this.changed();
    if (!online && this.pairing && !this.sending) this.again(0);
  }
}
