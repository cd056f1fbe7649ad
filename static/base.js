// Niceties only: every page works without this file.

// On a narrow screen the strip of phases begins with the one that runs.
const strip = document.querySelector(".phases");
const running = strip?.querySelector("[aria-current]") ?? strip?.querySelector(".open");
if (running) strip.scrollLeft += running.getBoundingClientRect().left - strip.getBoundingClientRect().left;

const summary = document.querySelector("[data-error-summary]");
const flash = document.querySelector(".flash.error");
if (summary) summary.focus();
else if (flash) flash.focus();
else document.querySelector("[data-focus]")?.focus();

summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const input = link && document.getElementById(link.hash.slice(1));
  if (!input) return;
  event.preventDefault();
  input.scrollIntoView({ block: "center" });
  input.focus({ preventScroll: true });
});

// On a phone the menu is wider than the screen: the part where one is comes into sight.
document.querySelector(".ribbon nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// "Chosen: 2" above the button follows the boxes.
for (const words of document.querySelectorAll("[data-chosen]")) {
  const form = words.closest("form");
  const show = () => {
    const chosen = form.querySelectorAll(`[name="${words.dataset.chosen}"]:checked`).length;
    words.textContent = chosen ? words.dataset.words.replace("{n}", chosen) : "";
  };
  form.addEventListener("change", show);
  show();
}

// One tap sends once; the page may be slow on 2G.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  else if (form.method === "post") {
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  }
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A choice that sends itself, where a button stands beside it for those without script.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
});

const typing = (target) => target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") document.querySelector("details.menu[open]")?.removeAttribute("open");
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key === "/" ? "/" : event.key.toLowerCase();
  const act = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (act) {
    event.preventDefault();
    if (act.matches("input, textarea, select")) act.focus();
    else act.click();
  } else if (key === "j" || key === "k") {
    walk(key === "j" ? 1 : -1, event);
  }
});

// J and K walk the rows of the page's list.
function walk(step, event) {
  const links = [...document.querySelectorAll("[data-walk] tbody tr a[data-row], [data-walk] a[data-row]")];
  if (!links.length) return;
  event.preventDefault();
  const at = links.indexOf(document.activeElement);
  links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1)].focus();
}

// "Choose all" of a table.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.all;
  if (!name) return;
  for (const box of document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]`)) box.checked = event.target.checked;
});
