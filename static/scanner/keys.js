// A hand scanner types: a quick burst of keys that ends in Enter. People are slower.

const QUICK = 60; // milliseconds between two keys

export function listenForHandScanner(onCode) {
  let burst = "";
  let last = 0;
  addEventListener(
    "keydown",
    (event) => {
      if (event.target.closest?.("input, textarea, select, dialog") || event.ctrlKey || event.metaKey) return;
      if (event.timeStamp - last > QUICK) burst = "";
      last = event.timeStamp;
      if (event.key === "Enter" && burst.length >= 16) {
        event.preventDefault();
        event.stopPropagation();
        onCode(burst);
        burst = "";
      } else if (event.key.length === 1) {
        burst += event.key;
      }
    },
    { capture: true },
  );
}
