import { box, fileType, fullBox, uints } from './iso-boxes.ts';

export type Grid = {
  rows: number;
  columns: number;
  width: number;
  height: number;
  /** width and height that the file says of the whole, true or not */
  says: readonly [number, number];
};

/** An AVIF whose picture is a grid of tiles, every tile the same few bytes, which no decoder makes anything of. */
export function writeGridAvif({ rows, columns, width, height, says }: Grid): Buffer {
  const type = fileType('avif', ['avif', 'mif1', 'miaf']);
  const grid = Buffer.concat([Buffer.from([0, 1, rows - 1, columns - 1]), uints(32, width, height)]);
  const tile = Buffer.from([0x12, 0, 0x0a, 0x06, 0x18, 0, 0x06, 0x60, 0, 0]);
  const item = (id: number, kind: string) => fullBox('infe', 2, [uints(16, id, 0), Buffer.from(`${kind}\0`, 'latin1')]);
  const place = (id: number, offset: number, length: number) =>
    Buffer.concat([uints(16, id, 0, 1), uints(32, offset, length)]);
  const uses = (id: number, property: number) => Buffer.concat([uints(16, id), Buffer.from([1, property])]);
  const meta = (dataAt: number) =>
    fullBox('meta', 0, [
      fullBox('hdlr', 0, [uints(32, 0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)]),
      fullBox('pitm', 0, [uints(16, 1)]),
      fullBox('iinf', 0, [uints(16, 2), item(1, 'grid'), item(2, 'av01')]),
      box('iref', [
        uints(32, 0),
        box('dimg', [uints(16, 1, rows * columns), ...Array.from({ length: rows * columns }, () => uints(16, 2))]),
      ]),
      box('iprp', [
        box('ipco', [
          fullBox('ispe', 0, [uints(32, ...says)]),
          fullBox('ispe', 0, [uints(32, 64, 64)]),
          box('av1C', [Buffer.from([0x81, 0, 0x0c, 0])]),
        ]),
        fullBox('ipma', 0, [uints(32, 2), uses(1, 1), uses(2, 2)]),
      ]),
      fullBox('iloc', 0, [
        Buffer.from([0x44, 0]),
        uints(16, 2),
        place(1, dataAt, grid.length),
        place(2, dataAt + grid.length, tile.length),
      ]),
    ]);
  const dataAt = type.length + meta(0).length + 8;
  return Buffer.concat([type, meta(dataAt), box('mdat', [grid, tile])]);
}
