// Keys for the follow-up list, on top of base.js. Every act is a link or a form that works without this file.

const list = document.querySelector(".people");
const beside = document.querySelector(".beside");
const marks = () => [...document.querySelectorAll(".people .pick:checked")];
let reading;

// J and K move along the rows (base.js); whoever has the focus is shown beside the list.
list?.addEventListener("focusin", (event) => {
  const link = event.target.closest("a[data-row]");
  if (link) show(link);
});
list?.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-row]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !isWide()) return;
  event.preventDefault();
  show(link);
});

const isWide = () => matchMedia("(min-width: 60rem)").matches;

async function show(link) {
  const row = link.closest("tr");
  if (!isWide() || row.dataset.id === document.getElementById("person")?.dataset.person) return choose(row);
  choose(row);
  reading?.abort();
  reading = new AbortController();
  try {
    const answer = await fetch(link.href, { signal: reading.signal });
    if (!answer.ok) return location.assign(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    beside.replaceChildren(...page.querySelector(".beside").childNodes);
    history.replaceState(null, "", link.href);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(link.href);
  }
}

function choose(row) {
  for (const other of list.querySelectorAll("tr.chosen")) {
    other.classList.remove("chosen");
    other.querySelector("a[data-row]")?.removeAttribute("aria-current");
  }
  row.classList.add("chosen");
  row.querySelector("a[data-row]").setAttribute("aria-current", "true");
}

const typing = (target) => target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");

// Before base.js: while some are marked, 1 to 4 answer all of them. J begins after who is shown.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  const row = list?.querySelector("tr.chosen");
  if (/^[1-4]$/.test(key) && marks().length) {
    event.preventDefault();
    event.stopImmediatePropagation();
    document.querySelectorAll("#marked button")[key - 1].click();
  } else if (key === "x" && row) {
    event.preventDefault();
    row.querySelector(".pick")?.click();
  } else if ((key === "j" || key === "k") && row && !document.activeElement.closest(".people")) {
    row.querySelector("a[data-row]").focus();
  }
}, { capture: true });

// Opening the note puts the cursor in it; Escape leaves it.
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("[data-note]") && event.target.open) event.target.querySelector("textarea")?.focus();
}, { capture: true });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) event.target.blur();
});

document.querySelector("[data-all-keys]")?.addEventListener("click", () => document.querySelector(".all-keys").showModal());
