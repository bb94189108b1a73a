import { isAscii, isUtf8 } from 'node:buffer';
import { refuseFile } from './refuse-file.ts';

export type Decoded = {
  text: AsyncIterable<string>;
  /** Known for certain once the text has been read to its end. */ encoding: () => string;
};

const startsWith = (bytes: Buffer, ...magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte);

/**
 * The text of a file by its own marks: a byte order mark, the zeros of UTF-16 without one, else UTF-8. Bytes that are
 * no UTF-8 in a file that was plain ASCII so far mean an old Windows program: Windows-1252. After real UTF-8 they mean
 * damage, and are refused with their line. Never holds more than a piece of the file.
 */
export async function decodeText(bytes: AsyncIterable<Uint8Array>): Promise<Decoded> {
  const pieces = bytes[Symbol.asyncIterator]();
  const begin = await readBeginning(pieces);
  if (startsWith(begin, 0x50, 0x4b, 3, 4) || startsWith(begin, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw refuseFile('NOT_CSV', 'This is a workbook, not CSV. Save it as “CSV UTF-8” and choose that file.');
  }
  const rest = restOf(begin, pieces);
  if (startsWith(begin, 0xff, 0xfe)) return utf16(rest, 'utf-16le');
  if (startsWith(begin, 0xfe, 0xff)) return utf16(rest, 'utf-16be');
  if (begin.length >= 4 && begin[1] === 0 && begin[3] === 0) return utf16(rest, 'utf-16le');
  if (begin.length >= 4 && begin[0] === 0 && begin[2] === 0) return utf16(rest, 'utf-16be');
  return utf8(rest);
}

/** At least four bytes, where there are as many. */
async function readBeginning(pieces: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let begin = Buffer.alloc(0);
  while (begin.length < 4) {
    const piece = await pieces.next();
    if (piece.done) break;
    begin = Buffer.concat([begin, piece.value]);
  }
  return begin;
}

async function* restOf(begin: Buffer, pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  if (begin.length > 0) yield begin;
  for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) yield Buffer.from(piece.value);
}

const newlines = (text: string): number => text.split('\n').length - 1;

function utf16(bytes: AsyncIterable<Buffer>, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  const decode = (piece?: Buffer) => {
    try {
      const text = piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
      line += newlines(text);
      return text;
    } catch {
      throw refuseFile('BAD_ENCODING', 'from here on the text is damaged. Save the file as “CSV UTF-8”.', line);
    }
  };
  async function* text() {
    for await (const piece of bytes) yield decode(piece);
    yield decode();
  }
  return { text: text(), encoding: () => (encoding === 'utf-16le' ? 'UTF-16 (little endian)' : 'UTF-16 (big endian)') };
}

function utf8(bytes: AsyncIterable<Buffer>): Decoded {
  let encoding = 'UTF-8';
  async function* text() {
    let open = Buffer.alloc(0);
    let line = 1;
    let ascii = true;
    let windows: InstanceType<typeof TextDecoder> | undefined;
    const decode = (piece: Buffer): string => {
      if (!windows && !isUtf8(piece)) {
        const damage = findDamage(piece);
        if (!ascii || !isAscii(piece.subarray(0, damage.from))) {
          throw refuseFile(
            'BAD_ENCODING',
            'this is not UTF-8, though the text above it is. Save the file as “CSV UTF-8”.',
            line + damage.lines,
          );
        }
        windows = new TextDecoder('windows-1252');
        encoding = 'Windows-1252';
      }
      const decoded = windows ? windows.decode(piece, { stream: true }) : piece.toString('utf8');
      if (decoded.length !== piece.length) ascii = false;
      line += newlines(decoded);
      return decoded;
    };
    let first = true;
    for await (const piece of bytes) {
      const whole = Buffer.concat([open, piece]);
      // A character cut in two waits for its other half.
      const cut = windows ? whole.length : whole.length - unfinished(whole);
      open = Buffer.from(whole.subarray(cut));
      const decoded = decode(whole.subarray(0, cut));
      yield first ? decoded.replace(/^\ufeff/, '') : decoded;
      if (decoded) first = false;
    }
    if (open.length > 0) yield decode(open);
  }
  return { text: text(), encoding: () => encoding };
}

/** How many bytes at the end begin a character that is not complete: 0 to 3. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/** Where the first line begins that is no UTF-8, and how many lines stand before it. */
function findDamage(bytes: Buffer): { from: number; lines: number } {
  let from = 0;
  for (let lines = 0; ; lines += 1) {
    const end = bytes.indexOf(0x0a, from);
    if (end < 0 || !isUtf8(bytes.subarray(from, end))) return { from, lines };
    from = end + 1;
  }
}
