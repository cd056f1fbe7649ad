// Asking the server. It answers {status, data, wait}; Unreachable means that nobody answered.

export class Unreachable extends Error {}

const PATIENCE = 10_000;

export async function ask(path, { token, body, method = body === undefined ? "GET" : "POST" } = {}) {
  const headers = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const answer = await fetch(path, { method, headers, body: JSON.stringify(body), signal: giveUp.signal, cache: "no-store" });
    const data = await answer.json().catch(() => null);
    return { status: answer.status, data, wait: Number(answer.headers.get("Retry-After")) || 0 };
  } catch (error) {
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}
