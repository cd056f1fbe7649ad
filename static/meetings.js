// The button says which time it books; a whole day is ticked at once.
for (const button of document.querySelectorAll("button[data-book]")) {
  const form = button.form;
  const neutral = button.textContent;
  const show = () => {
    const time = form.querySelector("input[data-time]:checked")?.dataset.time;
    button.textContent = time ? button.dataset.book.replace("{time}", time) : neutral;
  };
  form.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}

for (const all of document.querySelectorAll("input[data-pick-all]")) {
  all.closest("label").hidden = false;
  const boxes = all.closest("table").querySelectorAll("tbody .pick");
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
}
