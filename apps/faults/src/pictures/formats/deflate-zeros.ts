import { constants, deflateRawSync } from 'node:zlib';

const STEP = 2 ** 20;
const ADLER = 65_521;

/**
 * What `deflateSync(Buffer.alloc(length))` unpacks to, in no time and no memory: one packed megabyte, over and over.
 */
export function deflateZeros(length: number): Buffer {
  const step = deflateRawSync(Buffer.alloc(STEP), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const steps = Math.floor(length / STEP);
  const rest = deflateRawSync(Buffer.alloc(length % STEP), { level: 9 });
  const checksum = Buffer.alloc(4);
  checksum.writeUInt16BE(length % ADLER, 0);
  checksum.writeUInt16BE(1, 2);
  return Buffer.concat([Buffer.from([0x78, 0xda]), Buffer.alloc(step.length * steps, step), rest, checksum]);
}
