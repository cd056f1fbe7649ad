// Pairing the phone with a one-use code, typed or from the address after #.

import { ask, Unreachable } from "./api.js";
import { keep, kept } from "./store.js";
import { $, showWrong } from "./view.js";
import { say } from "./words.js";

export function askForCode(paired, words = "") {
  const given = decodeURIComponent(location.hash.slice(1));
  if (given) history.replaceState(null, "", location.pathname + location.search);
  $("scanning").hidden = true;
  $("pairing").hidden = false;
  $("pair-code").value = given;
  $("pair-name").value ||= kept("name", "");
  showWrong("pair-wrong", words);
  $(given ? "pair-name" : "pair-code").focus();
  $("pair").onsubmit = (event) => {
    event.preventDefault();
    pair(paired);
  };
}

async function pair(paired) {
  const code = $("pair-code").value.trim();
  const name = $("pair-name").value.trim();
  if (!code) return wrong("code_missing");
  try {
    const answer = await ask("/device/pair", { body: { code, name } });
    if (answer.status === 429) return wrong("too_many");
    if (answer.status !== 200) return wrong("code_unknown");
    keep("name", name);
    keep("pairing", answer.data);
    return paired(answer.data);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return wrong("unreachable");
  }
}

function wrong(key) {
  showWrong("pair-wrong", say(key));
  $("pair-code").focus();
}
