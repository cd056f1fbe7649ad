// Work is found while its name is typed; without this file the button finds it.
for (const form of document.querySelectorAll("[data-find]")) {
  const found = document.getElementById(form.dataset.find);
  const input = form.querySelector("input");
  let wait;
  let asked = 0;
  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const mine = ++asked;
      const address = new URL(location.href);
      address.search = new URLSearchParams({ q: input.value, part: "1" });
      const answer = await fetch(address).catch(() => null);
      if (answer?.ok && mine === asked) found.innerHTML = await answer.text();
    }, 250);
  });
}
