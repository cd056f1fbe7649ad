// The floor by drag and by key. Everything here has a plain form beside it.

const floor = document.querySelector("[data-move]");
const drag = document.getElementById("drag");

// --- Who stands where: drag a bar to another booth, on the timeline or on the map ---

function send(url, fields) {
  drag.action = url;
  for (const [name, value] of Object.entries(fields)) drag.elements[name].value = value;
  drag.requestSubmit();
}

if (floor?.dataset.drag && drag) {
  let lifted = null;
  const target = (node) => node.closest?.("td > a[data-booth], .stand, tr[data-booth]");
  const unlight = () => document.querySelectorAll(".over").forEach((node) => node.classList.remove("over"));

  floor.addEventListener("dragstart", (event) => {
    const bar = event.target.closest("a[data-exhibitor]");
    if (!bar) return;
    lifted = bar;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", bar.textContent.trim());
  });
  floor.addEventListener("dragover", (event) => {
    const over = lifted && target(event.target);
    unlight();
    if (!over || over.dataset.booth === lifted.dataset.booth) return;
    event.preventDefault();
    over.classList.add("over");
  });
  floor.addEventListener("dragend", () => { lifted = null; unlight(); });
  floor.addEventListener("drop", (event) => {
    const over = lifted && target(event.target);
    if (!over || over.dataset.booth === lifted.dataset.booth) return;
    event.preventDefault();
    const fields = { booth: lifted.dataset.booth, blocks: lifted.dataset.blocks, exhibitor: lifted.dataset.exhibitor, to: over.dataset.booth };
    const taken = lifted.dataset.blocks.split(" ").some((block) =>
      document.querySelector(`td > a[data-booth="${CSS.escape(over.dataset.booth)}"][data-exhibitor][data-blocks~="${CSS.escape(block)}"]`));
    send(taken ? floor.dataset.swap : floor.dataset.move, fields);
  });

  // While a booth is being chosen in a form, a booth on the map or a row of the timeline chooses it.
  floor.addEventListener("click", (event) => {
    const list = floor.querySelector("[data-target]");
    const booth = list && event.target.closest("[data-booth]")?.dataset.booth;
    if (!booth || ![...list.options].some((option) => option.value === booth)) return;
    event.preventDefault();
    list.value = booth;
    list.focus();
  });
}

// --- The floor itself: drag booths cell by cell, or move them with the arrow keys ---

const place = document.getElementById("place");
const hall = document.querySelector("[data-place] .map");
const CELL = 21;

if (place && hall) {
  let moving = null;

  const show = () => moving.stand.setAttribute("transform", `translate(${moving.dx * CELL} ${moving.dy * CELL})`);
  const begin = (stand) => { moving = { stand, dx: 0, dy: 0 }; stand.classList.add("lifted"); };
  const scale = () => hall.viewBox.baseVal.width / hall.getBoundingClientRect().width;

  function settle() {
    if (!moving) return;
    const { stand, dx, dy } = moving;
    stand.classList.remove("lifted");
    moving = null;
    if (!dx && !dy) return;
    place.action = place.dataset.url.replace("00000000-0000-0000-0000-000000000000", stand.dataset.booth);
    place.elements.row.value = Number(stand.dataset.row) + dy;
    place.elements.column.value = Number(stand.dataset.column) + dx;
    place.requestSubmit();
  }

  hall.addEventListener("pointerdown", (event) => {
    const stand = event.target.closest(".stand");
    if (!stand || event.button) return;
    event.preventDefault();
    begin(stand);
    moving.x = event.clientX;
    moving.y = event.clientY;
    hall.setPointerCapture(event.pointerId);
  });
  hall.addEventListener("pointermove", (event) => {
    if (moving?.x === undefined) return;
    moving.dx = Math.round((event.clientX - moving.x) * scale() / CELL);
    moving.dy = Math.round((event.clientY - moving.y) * scale() / CELL);
    show();
  });
  hall.addEventListener("pointerup", () => {
    if (moving?.x === undefined) return;
    if (!moving.dx && !moving.dy) location.href = moving.stand.href.baseVal;
    settle();
  });
  hall.addEventListener("dragstart", (event) => event.preventDefault());

  const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  let waiting;
  hall.addEventListener("keydown", (event) => {
    const stand = event.target.closest(".stand");
    const step = STEPS[event.key];
    if (!stand || !step) return;
    event.preventDefault();
    if (moving?.stand !== stand) begin(stand);
    moving.dx += step[0];
    moving.dy += step[1];
    show();
    clearTimeout(waiting);
    waiting = setTimeout(settle, 800);
  });
}

// A wide hall is scrolled to the chosen booth.
for (const hall of document.querySelectorAll(".hall")) {
  const chosen = hall.querySelector(".stand.chosen");
  if (!chosen || hall.scrollWidth <= hall.clientWidth) continue;
  const box = chosen.getBoundingClientRect();
  hall.scrollLeft += box.left + box.width / 2 - hall.getBoundingClientRect().left - hall.clientWidth / 2;
}

// So is the schedule, where it scrolls in itself: what was chosen on the map is seen there too.
for (const schedule of document.querySelectorAll(".schedule")) {
  const row = schedule.querySelector(".chosen-row");
  if (!row || schedule.scrollHeight <= schedule.clientHeight) continue;
  schedule.scrollTop += row.getBoundingClientRect().top - schedule.getBoundingClientRect().top - schedule.clientHeight / 2;
}

// The booth chosen last has the focus again after its move.
document.querySelector("[data-place] .stand[aria-current]")?.focus({ preventScroll: true });

// A hold counts down in the page's own words: when it is over, the page is asked again.
const held = document.querySelector("[data-until]");
if (held) {
  const left = new Date(held.dataset.until) - Date.now();
  if (left > 0 && left < 2 ** 31) setTimeout(() => location.reload(), left + 1000);
}
