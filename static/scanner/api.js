// Asking the server. It answers {status, data, wait}; Unreachable means that nobody answered.

export class Unreachable extends Error {}

const PATIENCE = 10_000;

export async function ask(path, { token, body, method = body === undefined ? "GET" : "POST" } = {}) {
  // The phone proves itself with its token alone; the words are in the language of the page.
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const answer = await fetch(path, {
      method, headers, body: JSON.stringify(body), signal: giveUp.signal, cache: "no-store", credentials: "omit",
    });
    const data = await answer.json().catch(() => null);
    return { status: answer.status, data, wait: Number(answer.headers.get("Retry-After")) || 0 };
  } catch (error) {
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}
