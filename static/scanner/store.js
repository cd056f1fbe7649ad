// What the phone keeps: its pairing, what waits, and how it likes to be.

const START = "bazaar.scanner.";
const memory = new Map(); // where the browser keeps nothing

export function kept(key, otherwise = null) {
  try {
    const text = localStorage.getItem(START + key);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return memory.get(key) ?? otherwise;
  }
}

export function keep(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(START + key, JSON.stringify(value));
  } catch {
    // full, or not allowed: it lives as long as the page
  }
}

export function forget(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(START + key);
  } catch {
    // it was only in memory
  }
}
