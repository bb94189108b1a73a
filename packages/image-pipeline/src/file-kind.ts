/** Pictures that are worked on. */
export const imageKinds = ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const;
export type ImageKind = (typeof imageKinds)[number];

/** Files that are kept as they are and never opened. */
export const keptKinds = ['pdf', 'svg', 'ai', 'eps', 'psd', 'zip'] as const;
export type KeptKind = (typeof keptKinds)[number];

export type FileKind = ImageKind | KeptKind | 'gif' | 'heic' | 'bmp' | 'html' | 'empty' | 'unknown';

export const isImageKind = (kind: FileKind): kind is ImageKind => (imageKinds as readonly string[]).includes(kind);
export const isKeptKind = (kind: FileKind): kind is KeptKind => (keptKinds as readonly string[]).includes(kind);
