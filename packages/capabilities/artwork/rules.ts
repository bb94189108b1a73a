import type { ImageRefusalCode } from '@windlass/image-pipeline/image-refused';
import type { KeptKind, OtherKind } from '@windlass/image-pipeline/file-kind';
import { type ArtworkState, type ArtworkTab, type RenditionName, renditionSizes } from './contract.ts';

/** The state a tab of the gallery shows; undefined: every one. */
export const stateOfTab: Readonly<Record<ArtworkTab, ArtworkState | undefined>> = {
  awaiting: 'awaiting',
  sent: 'sent',
  changes: 'changes_requested',
  approved: 'approved',
  problems: undefined,
  all: undefined,
};

const MOST_NAME = 120;

/**
 * A file's name as it is shown; nothing is ever stored under it. Without folders, control characters and the marks that
 * turn text around; a long one keeps its ending.
 */
export function cleanFileName(name: string): string {
  const last = name.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const text = last
    .replace(/[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  const letters = [...text];
  if (letters.length === 0 || /^\.+$/.test(text)) return 'artwork';
  if (letters.length <= MOST_NAME) return text;
  const ending = /\.\w{1,5}$/.exec(text)?.[0] ?? '';
  return `${letters.slice(0, MOST_NAME - 1 - ending.length).join('')}…${ending}`;
}

/** How large a rendition of a picture is: fitted into its square, never enlarged. */
export function renditionSize(
  name: RenditionName,
  of: { width: number; height: number },
): { width: number; height: number } {
  const scale = Math.min(1, renditionSizes[name] / Math.max(of.width, of.height));
  return { width: Math.max(1, Math.round(of.width * scale)), height: Math.max(1, Math.round(of.height * scale)) };
}

export type Reason = { code: string; sentence: string; hint: string };

const programs: Readonly<Record<KeptKind, string>> = {
  pdf: 'A PDF',
  svg: 'An SVG',
  ai: 'An Illustrator file',
  eps: 'An EPS',
  psd: 'A Photoshop file',
  zip: 'A ZIP archive',
  cdr: 'A CorelDRAW file',
  affinity: 'An Affinity file',
  indesign: 'An InDesign file',
  xcf: 'A GIMP file',
  dxf: 'A DXF',
  wmf: 'A WMF',
  emf: 'An EMF',
  embroidery: 'An embroidery file',
};

/** Why a file that is kept has no picture. */
export const whyNoPreview = (kind: KeptKind): Reason => ({
  code: 'NO_PREVIEW',
  sentence: `${programs[kind]} is kept as it was sent and is not opened here, so there is no picture of it.`,
  hint:
    kind === 'zip' ? 'Download it to look inside.' : 'Download it to look at it, or ask for a PNG or JPEG beside it.',
});

const TAKEN = 'Send a JPEG, PNG, WebP, AVIF or TIFF; or a PDF, SVG, AI, EPS or PSD.';

const others: Readonly<Record<OtherKind, Omit<Reason, 'code'>>> = {
  heic: {
    sentence: 'This is a HEIC photo, as iPhones take them, and is not taken here.',
    hint: 'Share it by mail or save it as a JPEG; Settings, Camera, Formats, “Most Compatible” makes the iPhone take JPEGs from now on.',
  },
  gif: { sentence: 'This is a GIF, and is not taken here.', hint: 'Save it as a PNG.' },
  bmp: { sentence: 'This is a BMP, and is not taken here.', hint: 'Save it as a PNG.' },
  'jpeg-xl': { sentence: 'This is a JPEG XL, and is not taken here.', hint: 'Save it as a JPEG or PNG.' },
  'jpeg-2000': { sentence: 'This is a JPEG 2000, and is not taken here.', hint: 'Save it as a JPEG, PNG or TIFF.' },
  raw: {
    sentence: 'This is a camera’s raw file, and is not taken here.',
    hint: 'Develop it and save it as a JPEG or TIFF.',
  },
  video: { sentence: 'This is a video.', hint: 'Send a still from it, as a JPEG or PNG.' },
  office: {
    sentence: 'This is a document of an office program, and is not taken here.',
    hint: 'Save it as a PDF, or send the picture in it as a file of its own.',
  },
  html: { sentence: 'This is a web page.', hint: 'Send the picture itself: open it alone and save it.' },
  program: { sentence: 'This is a program.', hint: TAKEN },
  empty: { sentence: 'This file is empty.', hint: 'Choose the file again; perhaps it is still being copied.' },
  unknown: { sentence: 'This is none of the files we take.', hint: TAKEN },
};

/** What a file is that is not taken, and what to do. */
export const whyNotTaken = (kind: OtherKind): Reason => ({ code: 'NOT_ARTWORK', ...others[kind] });

const hints: Readonly<Record<ImageRefusalCode, string>> = {
  EMPTY_FILE: others.empty.hint,
  NOT_AN_IMAGE: TAKEN,
  UNSUPPORTED_FORMAT:
    'Save it in RGB with 8 or 16 bits a colour, as a JPEG, PNG or TIFF; or as a PDF, which is kept as it is.',
  NOTHING_TO_PRINT: 'Look whether a layer was hidden when it was saved, and send it again.',
  TOO_MANY_PIXELS: 'Save it smaller, or as a PDF, which is kept as it is.',
  TOO_MANY_FRAMES: 'Send each picture as a file of its own.',
  PROFILE_TOO_LARGE: 'Save it again without its embedded data (“Export for web”).',
  BROKEN_IMAGE: 'Open it on your side and save it again; it may have been cut off on its way.',
  TOO_SLOW: 'Save it again as a plain JPEG or PNG.',
  TOO_MUCH_MEMORY: 'Save it smaller, or again as a plain JPEG or PNG.',
};

/** What helps with a picture that was refused. */
export const hintFor = (code: ImageRefusalCode): string => hints[code];
