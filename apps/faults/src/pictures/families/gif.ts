import { damageRecipes } from '../damage.ts';
import { writeGif } from '../formats/write-gif.ts';
import { PLANTED, type Recipe } from '../hostile-file.ts';

const REFUSED = { mustBeRefused: true } as const;
const blink = (frames: number): Buffer => writeGif({ width: 2, height: 2, frames });

/** GIF is not worked on at all. */
export const gif: readonly Recipe[] = [
  { mutation: 'none', weight: 20, make: (random) => ({ bytes: blink(random.between(1, 3)), detail: '', ...REFUSED }) },
  { mutation: 'many-frames', weight: 20, make: () => ({ bytes: blink(20_000), detail: '20,000 frames', ...REFUSED }) },
  {
    mutation: 'size-lie',
    weight: 15,
    make: (random) => {
      const side = random.pick([0, 65_535]);
      return { bytes: writeGif({ width: side, height: side, frames: 1 }), detail: `${side}x${side}`, ...REFUSED };
    },
  },
  {
    // The screen's width reads as the beginning of a script's comment: 0x2a2f is "/*".
    mutation: 'polyglot',
    weight: 20,
    make: (random) => {
      const bytes = writeGif({ width: 0x2a2f, height: 10, frames: 1, comment: `*/=1;alert("${PLANTED}");/*` });
      return { bytes, detail: 'GIF and script', name: random.pick(['a.gif', 'a.jpg', 'a.js.png']), ...REFUSED };
    },
  },
  {
    mutation: 'disguise',
    weight: 10,
    make: () => ({ bytes: blink(1), detail: 'called a JPEG', name: 'photo.jpg', ...REFUSED }),
  },
  ...damageRecipes(() => blink(40), { always: true }),
];
