import type { Random } from '../../seeded-random.ts';
import { randomBytes } from '../damage.ts';
import { writeZip, writeZipBomb } from '../formats/write-zip.ts';
import { type Made, PLANTED, type Recipe } from '../hostile-file.ts';

const HTML = `<!DOCTYPE html><html><script>"${PLANTED}"</script></html>`;
const PSD_OF_MANY_PIXELS = Buffer.from(
  '8BPS\0\x01\0\0\0\0\0\0\0\x03\xff\xff\xff\xff\xff\xff\xff\xff\0\x08\0\x03',
  'latin1',
);
const NAMES = ['photo.jpg', 'photo.png', 'photo.webp', 'photo.tif', 'photo.avif'] as const;

/** Everything else that people and robots put into a field for pictures, mostly under a picture's name. */
export const notAnImage: readonly Recipe[] = [
  { mutation: 'none', weight: 25, make: (random) => ({ ...text(random), name: 'as-it-is.bin' }) },
  { mutation: 'disguise', weight: 45, make: (random) => ({ ...text(random), name: random.pick(NAMES) }) },
  {
    mutation: 'absurd-length',
    weight: 15,
    make: (random) => ({
      bytes: bomb(),
      detail: 'a ZIP in a ZIP in a ZIP',
      name: random.pick(['a.zip', ...NAMES]),
      mustBeRefused: true,
      mayBeKept: true,
    }),
  },
  { mutation: 'truncated', weight: 15, make: (random) => magicOnly(random) },
];

let packed: Buffer | undefined;
const bomb = (): Buffer => (packed ??= writeZipBomb(3));

function text(random: Random): Made {
  const refused = (bytes: string | Buffer): Made => ({
    bytes: Buffer.from(bytes as string, 'latin1'),
    detail: '',
    mustBeRefused: true,
  });
  const kept = (bytes: string | Buffer): Made => ({ ...refused(bytes), mayBeKept: true });
  const variants: Record<string, () => Made> = {
    HTML: () =>
      refused(`${random.pick(['', '\xef\xbb\xbf', '   \r\n', '<!-- a -->', '<?xml version="1.0"?>'])}${HTML}`),
    empty: () => refused(''),
    zeros: () => refused(Buffer.alloc(random.pick([1, 4_096, 100_000]))),
    noise: () => refused(randomBytes(random, random.between(1, 50_000))),
    PHP: () => refused('<?php system($_GET["c"]); ?>'),
    ELF: () => refused(Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), randomBytes(random, 4_000)])),
    BMP: () =>
      refused(
        Buffer.concat([Buffer.from('BM\x36\x0c\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0', 'latin1'), Buffer.alloc(3_000)]),
      ),
    'URL to fetch': () =>
      refused("push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://127.0.0.1:9/x\")'\npop graphic-context\n"),
    MSL: () => refused('<?xml version="1.0"?><image><read filename="/etc/passwd"/><write filename="/tmp/x"/></image>'),
    playlist: () => refused('#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'),
    ZIP: () => kept(writeZip('../../etc/cron.d/x', Buffer.from(HTML))),
    PDF: () => kept(`%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert("${PLANTED}"))>>>>endobj\n%%EOF`),
    PostScript: () => kept('%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n'),
    PSD: () => kept(Buffer.concat([PSD_OF_MANY_PIXELS, Buffer.alloc(2_000)])),
  };
  const detail = random.pick(Object.keys(variants));
  return { ...variants[detail]!(), detail };
}

/** The first bytes of a kind, and then nothing or noise. */
function magicOnly(random: Random): Made {
  const magic = random.pick([
    '\xff\xd8\xff',
    '\xff\xd8\xff\xe0',
    '\xff\xd8\xff\xd9',
    '\x89PNG\r\n\x1a\n',
    'RIFF\xff\xff\xff\xffWEBP',
    'RIFF\0\0\0\0WEBPVP8 ',
    'II*\0',
    'MM\0*',
    'II*\0\x08\0\0\0',
    'MM\0+\0\x08\0\0',
    '\0\0\0\x18ftypavif',
    'GIF89a',
    'BM',
  ]);
  const rest = random.pick([Buffer.alloc(0), Buffer.alloc(100), Buffer.alloc(3_000, 0xff), randomBytes(random, 3_000)]);
  const bytes = Buffer.concat([Buffer.from(magic, 'latin1'), rest]);
  return { bytes, detail: JSON.stringify(magic), name: random.pick(NAMES), mustBeRefused: true };
}
