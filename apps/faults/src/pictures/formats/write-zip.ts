import { crc32, deflateRawSync } from 'node:zlib';

/** A ZIP of one deflated file. */
export function writeZip(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content, { level: 9 });
  const fields = Buffer.alloc(26);
  fields.set([20, 0, 0, 0, 8, 0], 0);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name, 'latin1'), packed]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\0', 'latin1'),
    fields,
    Buffer.alloc(14),
    Buffer.from(name, 'latin1'),
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** Zeros in a ZIP, in a ZIP, in a ZIP: each layer shrinks the one below about a thousandfold, as 42.zip does. */
export function writeZipBomb(layers: number): Buffer {
  let content: Buffer = Buffer.alloc(4 * 2 ** 20);
  for (let layer = 0; layer < layers; layer += 1) {
    const copies = layer === 0 ? content : Buffer.alloc(content.length * 64, content);
    content = writeZip(`layer-${layer}.zip`, copies);
  }
  return content;
}
