/** Pictures that are worked on. */
export const imageKinds = ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const;
export type ImageKind = (typeof imageKinds)[number];

/** Files that are kept as they are and never opened: what print shops, cutters and embroiderers are sent. */
export const keptKinds = [
  'pdf',
  'svg',
  'ai',
  'eps',
  'psd',
  'zip',
  'cdr',
  'affinity',
  'indesign',
  'xcf',
  'dxf',
  'wmf',
  'emf',
  'embroidery',
] as const;
export type KeptKind = (typeof keptKinds)[number];

/** Files that are known, and neither worked on nor kept. */
export const otherKinds = [
  'heic',
  'gif',
  'bmp',
  'jpeg-xl',
  'jpeg-2000',
  'raw',
  'video',
  'office',
  'html',
  'program',
  'empty',
  'unknown',
] as const;
export type OtherKind = (typeof otherKinds)[number];

export type FileKind = ImageKind | KeptKind | OtherKind;

export const isImageKind = (kind: FileKind): kind is ImageKind => (imageKinds as readonly string[]).includes(kind);
export const isKeptKind = (kind: FileKind): kind is KeptKind => (keptKinds as readonly string[]).includes(kind);
