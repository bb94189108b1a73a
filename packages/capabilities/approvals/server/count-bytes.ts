import { Readable } from 'node:stream';

/** The same stream, and how many of its bytes have been taken so far. Left before its end, it closes its source. */
export function countBytes(source: Readable): { stream: Readable; bytes(): number } {
  let bytes = 0;
  const stream = Readable.from(
    (async function* () {
      try {
        for await (const chunk of source) {
          bytes += (chunk as Buffer).length;
          yield chunk as Buffer;
        }
      } finally {
        source.destroy();
      }
    })(),
    { objectMode: false },
  );
  return { stream, bytes: () => bytes };
}
