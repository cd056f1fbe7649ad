// A badge code, however it is typed or scanned: any case, spaces, dashes, O for 0, I or L for 1, or the badge's address.
// A hand scanner on a Swedish keyboard writes - and Ö for / and :, so the address may have dashes for slashes.

const LETTERS = /^[0-9A-HJKMNP-TV-Z]{16}$/;

export function codeIn(text) {
  const trimmed = text.trim();
  const address = /[/-]B[/-]([^/?#-]+)\/?(?:[?#].*)?$/i.exec(trimmed.length > 24 ? trimmed : "");
  const plain = (address ? address[1] : trimmed).replace(/[\s\-\u2010-\u2015\u200b-\u200f\u2212]/g, "");
  const code = plain.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  return LETTERS.test(code) ? code : null;
}

// Also where the page is not served over https and the browser keeps randomUUID to itself.
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
