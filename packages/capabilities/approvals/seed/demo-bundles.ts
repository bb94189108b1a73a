import { makeIcon } from './make-icon.ts';
import { makeRecording } from './make-recording.ts';
import { makeTexture } from './make-texture.ts';

export type DemoFile = { name: string; make: () => Buffer };
export type DemoBundle = { sku: string; name: string; fileName: string; priceMinor: number; files: DemoFile[] };

const many = (count: number, file: (i: number) => DemoFile): DemoFile[] =>
  Array.from({ length: count }, (_, i) => file(i + 1));
const number = (i: number) => String(i).padStart(2, '0');

/** Real files that open in real programs, from 40 kB to over 100 MB. */
export const demoBundles: DemoBundle[] = [
  {
    sku: 'ICON-96',
    name: 'Paper-cut icons',
    fileName: 'paper-cut-icons.zip',
    priceMinor: 1200,
    files: many(96, (i) => ({ name: `icons/icon-${number(i)}.svg`, make: () => makeIcon(i) })),
  },
  {
    sku: 'TEX-LETTER',
    name: 'Letterpress textures',
    fileName: 'letterpress-textures.zip',
    priceMinor: 2400,
    files: many(6, (i) => ({ name: `letterpress-${number(i)}.png`, make: () => makeTexture(i, 900) })),
  },
  {
    sku: 'TEX-KRAFT',
    name: 'Kraft paper, large format',
    fileName: 'kraft-paper-large.zip',
    priceMinor: 3900,
    files: many(5, (i) => ({ name: `kraft-${number(i)}.png`, make: () => makeTexture(i + 40, 1800) })),
  },
  {
    sku: 'REC-MEADOW',
    name: 'Field recordings: meadow',
    fileName: 'field-recordings-meadow.zip',
    priceMinor: 2900,
    files: many(4, (i) => ({ name: `meadow-${number(i)}.wav`, make: () => makeRecording(i, 40) })),
  },
  {
    sku: 'REC-COMPLETE',
    name: 'Field recordings: complete edition',
    fileName: 'field-recordings-complete.zip',
    priceMinor: 8900,
    files: many(10, (i) => ({ name: `complete-${number(i)}.wav`, make: () => makeRecording(i + 20, 62) })),
  },
];
