/**
 * Regroups a source of chunks of any size into parts of exactly `partBytes`, except that the last part is what remains.
 * Yields at least one part, which is empty for an empty source. Holds one part in memory.
 */
export async function* readParts(source: AsyncIterable<Uint8Array>, partBytes: number): AsyncGenerator<Buffer> {
  let chunks: Uint8Array[] = [];
  let length = 0;
  let yielded = false;
  for await (const chunk of source) {
    let rest = chunk;
    while (length + rest.byteLength > partBytes) {
      const taken = partBytes - length;
      yield Buffer.concat([...chunks, rest.subarray(0, taken)]);
      yielded = true;
      chunks = [];
      length = 0;
      rest = rest.subarray(taken);
    }
    chunks.push(rest);
    length += rest.byteLength;
  }
  if (length > 0 || !yielded) yield Buffer.concat(chunks);
}
