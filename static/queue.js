// A page about a queue looks again by itself while somebody looks at it; what they type or press is left alone.

const OFTEN = 15_000;
const live = document.getElementById("live");
const said = document.getElementById("said"); // what a screen reader hears when the wait changes

async function lookAgain() {
  if (document.hidden || live.contains(document.activeElement)) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.getElementById("live");
  if (!now) location.reload(); // out of the queue: the page is another one
  else if (now.innerHTML !== live.innerHTML && !live.contains(document.activeElement)) show(now);
}

function show(now) {
  const words = (part) => [...part.querySelectorAll("[data-wait]")].map((one) => one.textContent.trim()).join(" ");
  if (said && words(now) !== words(live)) said.textContent = words(now);
  live.replaceChildren(...now.childNodes);
}

if (live) {
  setInterval(lookAgain, OFTEN);
  document.addEventListener("visibilitychange", lookAgain);
}
