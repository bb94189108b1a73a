import { gzipSync } from 'node:zlib';
import type { Random } from '../../seeded-random.ts';
import { type Made, PLANTED, type Recipe } from '../hostile-file.ts';

const SPACE =
  'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xi="http://www.w3.org/2001/XInclude"';
const around = (inner: string, size = 'width="40" height="30"'): string => `<svg ${SPACE} ${size}>${inner}</svg>`;

/** Ten entities of ten of the one below, ten times over: "lol" 10^9 times. */
const ENTITIES = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
const LAUGHS = `<!DOCTYPE svg [<!ENTITY l0 "lol">${ENTITIES}]>${around('<text>&l9;</text>')}`;
const READS_FILES = `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${around('<text>&x;</text>')}`;
const PARAMETERS = `<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>${around('')}`;

const ADDRESSES = ['file:///etc/passwd', 'http://127.0.0.1:9/x', 'http://169.254.169.254/latest/meta-data'] as const;

/** Never drawn. Kept as it is where it has no entities, under a type that no browser runs. */
export const svg: readonly Recipe[] = [
  { mutation: 'none', weight: 20, make: () => kept(around('<circle r="9"/>'), 'plain') },
  {
    mutation: 'large',
    weight: 4,
    make: () => kept(around(`<path d="${'M0 0L9 9'.repeat(200_000)}"/>`), 'a path of 1.6 MB'),
  },
  {
    mutation: 'size-lie',
    weight: 10,
    make: () => kept(around('<rect width="1" height="1"/>', 'width="1e9" height="1e9"'), '10^9 wide'),
  },
  { mutation: 'active-content', weight: 26, make: (random) => activeContent(random) },
  {
    mutation: 'loop',
    weight: 16,
    make: (random) => refused(random.pick([LAUGHS, READS_FILES, PARAMETERS]), 'entities'),
  },
  { mutation: 'disguise', weight: 20, make: (random) => disguise(random) },
  {
    mutation: 'truncated',
    weight: 6,
    make: (random) => {
      const bytes = Buffer.from(around('<circle r="9"/>'));
      return {
        bytes: bytes.subarray(0, random.between(1, bytes.length - 1)),
        detail: '',
        mustBeRefused: true,
        mayBeKept: true,
      };
    },
  },
];

const kept = (text: string, detail: string): Made => ({
  bytes: Buffer.from(text),
  detail,
  mustBeRefused: true,
  mayBeKept: true,
});
const refused = (text: string, detail: string): Made => ({ bytes: Buffer.from(text), detail, mustBeRefused: true });

function activeContent(random: Random): Made {
  const kinds = {
    script: `<script>"${PLANTED}"</script>`,
    handler: '<rect onload="alert(1)"/>',
    href: `<image xlink:href="${random.pick(ADDRESSES)}" width="9" height="9"/>`,
    XInclude: '<xi:include href="file:///etc/passwd" parse="text"/>',
    foreign: '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/></foreignObject>',
    style: '<style>@import url("http://127.0.0.1:9/x.css");</style>',
  };
  const kind = random.pick(Object.keys(kinds) as (keyof typeof kinds)[]);
  return kept(around(kinds[kind]), kind);
}

/** Entities where a hurried look does not find them. */
function disguise(random: Random): Made {
  const blanks = ' '.repeat(random.pick([10, 3_000, 70_000, 1_200_000]));
  const variants: Record<string, () => Made> = {
    'a comment before': () => refused(`<?xml version="1.0"?><!--${blanks}-->${LAUGHS}`, ''),
    'UTF-16': () => ({
      ...refused('', ''),
      bytes: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(LAUGHS, 'utf16le')]),
    }),
    'blanks before': () => refused(`${blanks}${LAUGHS}`, ''),
    'lower case and lines': () =>
      refused(`<!DOCTYPE\n\n svg PUBLIC "a" "b"\n [\n<!ENTITY\nx "y">]>${around('&x;')}`, ''),
    packed: () => ({ ...refused('', ''), bytes: gzipSync(LAUGHS), name: 'drawing.svgz' }),
    'called a PNG': () => ({ ...refused(LAUGHS, ''), name: 'photo.png' }),
    // An expression that looks for comments one after the other may try every way to join them: 2^40 of them.
    'many comments': () => refused(`${'<!---->'.repeat(40)}${random.pick(['x', LAUGHS])}`, ''),
    'an SVG in a comment first': () => refused(`<!-- ${around('')} -->${LAUGHS}`, ''),
  };
  const detail = random.pick(Object.keys(variants));
  return { ...variants[detail]!(), detail };
}
