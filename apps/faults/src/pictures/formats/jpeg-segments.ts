/** A JPEG's marker segments before its first scan, and everything from that scan's marker on. */
export type JpegParts = { segments: { marker: number; body: Buffer }[]; scans: Buffer };

const SOS = 0xda;

/** Takes a well-formed JPEG apart. */
export function splitJpeg(bytes: Buffer): JpegParts {
  const segments: JpegParts['segments'] = [];
  let at = 2;
  for (;;) {
    const marker = bytes[at + 1]!;
    if (marker === SOS) return { segments, scans: bytes.subarray(at) };
    const length = bytes.readUInt16BE(at + 2);
    segments.push({ marker, body: bytes.subarray(at + 4, at + 2 + length) });
    at += 2 + length;
  }
}

/** Puts it together again, lengths as they should be. */
export const joinJpeg = ({ segments, scans }: JpegParts): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments.map(({ marker, body }) => writeSegment(marker, body)), scans]);

/** A segment; `length` may lie. */
export function writeSegment(marker: number, body: Buffer, length = body.length + 2): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(length, 2);
  return Buffer.concat([head, body]);
}

/** SOF0 to SOF2: the segment that says how large the picture is. */
export const isFrame = ({ marker }: { marker: number }): boolean => marker >= 0xc0 && marker <= 0xc2;

/** The scans of a progressive JPEG, one by one, each with the tables before it; without the end marker. */
export function splitScans(scans: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = scans.indexOf(0xff); at !== -1 && at < scans.length - 1; at = scans.indexOf(0xff, at + 1)) {
    if (scans[at + 1] === SOS) starts.push(at);
  }
  return starts.map((start, i) => scans.subarray(start, starts[i + 1] ?? scans.length - 2));
}
