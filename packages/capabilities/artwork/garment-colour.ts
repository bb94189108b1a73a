/**
 * What shops call the colours of garments, in English and German, as they look on cloth. White is the blank's own:
 * nothing is dyed.
 */
const COLOURS: Readonly<Record<string, string | undefined>> = {
  black: '#26282c',
  schwarz: '#26282c',
  white: undefined,
  weiss: undefined,
  weiß: undefined,
  charcoal: '#46494d',
  anthracite: '#46494d',
  anthrazit: '#46494d',
  'dark grey': '#55585c',
  'dark gray': '#55585c',
  dunkelgrau: '#55585c',
  grey: '#a4a7ab',
  gray: '#a4a7ab',
  grau: '#a4a7ab',
  heather: '#b9bcc0',
  'heather grey': '#b9bcc0',
  'sport grey': '#b9bcc0',
  ash: '#d3d5d6',
  navy: '#202b46',
  marine: '#202b46',
  dunkelblau: '#202b46',
  'dark blue': '#202b46',
  royal: '#2a4d9e',
  'royal blue': '#2a4d9e',
  royalblau: '#2a4d9e',
  blue: '#2f5fa8',
  blau: '#2f5fa8',
  sky: '#a9cbe6',
  'sky blue': '#a9cbe6',
  'light blue': '#a9cbe6',
  hellblau: '#a9cbe6',
  denim: '#4f6d8f',
  turquoise: '#2fa7a8',
  türkis: '#2fa7a8',
  teal: '#1f6f73',
  petrol: '#1f5f6b',
  mint: '#a8dcc4',
  green: '#2f7d4f',
  grün: '#2f7d4f',
  'forest green': '#1f4a35',
  forest: '#1f4a35',
  bottle: '#1f4a35',
  dunkelgrün: '#1f4a35',
  'dark green': '#1f4a35',
  lime: '#9ccb3b',
  olive: '#5b5e3a',
  oliv: '#5b5e3a',
  khaki: '#8a8460',
  army: '#5b5e3a',
  military: '#5b5e3a',
  yellow: '#f2cc3a',
  gelb: '#f2cc3a',
  gold: '#e3a92f',
  mustard: '#c9952a',
  senf: '#c9952a',
  orange: '#e8792b',
  red: '#b9242f',
  rot: '#b9242f',
  burgundy: '#6d1f32',
  bordeaux: '#6d1f32',
  maroon: '#6d1f32',
  weinrot: '#6d1f32',
  coral: '#ee7a66',
  pink: '#f0b6c6',
  rosa: '#f0b6c6',
  fuchsia: '#c72c7a',
  purple: '#5a3a86',
  lila: '#8a6bb0',
  violet: '#5a3a86',
  lavender: '#c3b3e0',
  brown: '#5d4433',
  braun: '#5d4433',
  chocolate: '#4a3226',
  sand: '#d8c7a5',
  beige: '#d8c7a5',
  natural: '#efe6d2',
  natur: '#efe6d2',
  ecru: '#efe6d2',
  cream: '#f3ead6',
  'off white': '#f3ead6',
};

/** Longer names first: "royal blue" is not "blue". Whole words only: nothing is red in "hundred". */
const names = Object.keys(COLOURS).toSorted((one, other) => other.length - one.length);
const WORD = new RegExp(
  `(?<![\\p{L}])(?:${names.map((name) => name.replaceAll(' ', '[ -]')).join('|')})(?![\\p{L}])`,
  'giu',
);

/**
 * The colour a line's title names, `#rrggbb`; the last where it names several ("Black Friday tee, navy"). Undefined:
 * white, or none.
 */
export function garmentColour(title: string): string | undefined {
  const last = title.slice(0, 500).match(WORD)?.at(-1);
  return last === undefined ? undefined : COLOURS[last.toLowerCase().replaceAll('-', ' ')];
}
