/** A statement as a client sent it: with its parameters where it was bound. */
export type SentStatement = { name: string; text: string; values: (string | null)[] };

/**
 * Reads what a client says to PostgreSQL (protocol 3): feed it the bytes in order, it answers the statements that were
 * run. Simple queries and bound ones; of each prepared statement the text is remembered by its name, as the server
 * does.
 */
export function createFrontendParser(): (bytes: Buffer) => SentStatement[] {
  let rest: Buffer = Buffer.alloc(0);
  let greeted = false;
  const texts = new Map<string, string>();
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const found: SentStatement[] = [];
    for (;;) {
      // The first message has no type byte.
      const lengthAt = greeted ? 1 : 0;
      if (rest.length < lengthAt + 4) return found;
      const end = lengthAt + rest.readInt32BE(lengthAt);
      if (rest.length < end) return found;
      const type = greeted ? String.fromCharCode(rest[0]!) : 'startup';
      const body = createReader(rest.subarray(lengthAt + 4, end));
      if (type === 'Q') found.push({ name: '', text: body.text(), values: [] });
      if (type === 'P') texts.set(body.text(), body.text());
      if (type === 'B') found.push(readBind(body, texts));
      greeted = true;
      rest = rest.subarray(end);
    }
  };
}

type Reader = ReturnType<typeof createReader>;

function createReader(bytes: Buffer) {
  let at = 0;
  return {
    text() {
      const end = bytes.indexOf(0, at);
      const text = bytes.toString('utf8', at, end);
      at = end + 1;
      return text;
    },
    int16: () => bytes.readInt16BE((at += 2) - 2),
    value() {
      const length = bytes.readInt32BE(at);
      at += 4;
      if (length < 0) return null;
      return bytes.toString('utf8', at, (at += length));
    },
  };
}

function readBind(body: Reader, texts: ReadonlyMap<string, string>): SentStatement {
  body.text(); // the portal
  const name = body.text();
  for (let formats = body.int16(); formats > 0; formats -= 1) {
    if (body.int16() !== 0) throw new Error(`${name} binds a value that is not text`);
  }
  const values = Array.from({ length: body.int16() }, () => body.value());
  return { name, text: texts.get(name) ?? '', values };
}
