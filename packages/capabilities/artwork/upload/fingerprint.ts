/** At the beginning, in the middle and at the end. In bytes. */
const PIECE = 64 * 1024;
/** FNV-1a, 32 bits. */
const [OFFSET_BASIS, PRIME] = [0x811c9dc5, 0x01000193];

/**
 * Tells two files of one name, size and time apart, by some of their bytes: eight hex digits. Against mistakes, not
 * against forgery, and by hand: `crypto.subtle` is there over https only. What changed between the pieces is not seen.
 * Throws what reading the file throws.
 */
export async function fingerprint(file: Blob): Promise<string> {
  const last = file.size - PIECE;
  const starts = file.size <= 3 * PIECE ? [0, PIECE, 2 * PIECE] : [0, Math.floor(last / 2), last];
  let hash = OFFSET_BASIS;
  for (const start of starts) {
    const piece = new Uint8Array(await file.slice(start, start + PIECE).arrayBuffer());
    for (const byte of piece) hash = Math.imul(hash ^ byte, PRIME);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
