/** A box of ISO-BMFF (AVIF, HEIC, MP4); its length may lie. */
export function box(type: string, parts: readonly Buffer[], length?: number): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE((length ?? body.length + 8) >>> 0, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** A box with a version and flags before its content. */
export const fullBox = (type: string, version: number, parts: readonly Buffer[]): Buffer =>
  box(type, [Buffer.from([version, 0, 0, 0]), ...parts]);

/** The first box: what the file says it is. */
export const fileType = (brand: string, compatible: readonly string[] = ['mif1', brand]): Buffer =>
  box('ftyp', [Buffer.from(`${brand}\0\0\0\0${compatible.join('')}`, 'latin1')]);

/** Whole numbers, 8, 16 or 32 bits each, high byte first. */
export function uints(bits: 8 | 16 | 32, ...values: number[]): Buffer {
  const width = bits / 8;
  const bytes = Buffer.alloc(values.length * width);
  values.forEach((value, i) => bytes.writeUIntBE(value, i * width, width));
  return bytes;
}

/** Overwrites what lies behind the n-th occurrence of a box's name. */
export function patchBox(bytes: Buffer, type: string, { offset, value }: { offset: number; value: Buffer }): Buffer {
  const patched = Buffer.from(bytes);
  const at = patched.indexOf(type, 0, 'latin1');
  if (at === -1) throw new Error(`there is no ${type} in this file`);
  patched.set(value, at + 4 + offset);
  return patched;
}
