// The page's words, in the reader's language: they come with the page as data.

const words = JSON.parse(document.getElementById("words").textContent);

export function say(key, facts = {}) {
  return (words[key] ?? "").replace(/\{(\w+)\}/g, (_all, name) => facts[name] ?? "");
}

// 10:42 on the fair's clock, whatever zone the phone believes in.
export function clockTime(moment, zone) {
  const shown = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
  return new Intl.DateTimeFormat("en-GB", shown).format(new Date(moment));
}
