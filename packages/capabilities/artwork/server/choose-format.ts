export type PictureFormat = 'avif' | 'webp';

/**
 * The formats to look for, best first, by what a client says it takes (RFC 9110, 12.5.1). AVIF only where it is named:
 * a client that takes anything may not know it. WebP is what every picture has, so it is answered also to a client that
 * names neither.
 */
export function chooseFormats(accept: string | undefined): readonly PictureFormat[] {
  const takesAvif = (accept ?? '').split(',').some((range) => {
    const [type = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(';')
      .map((part) => part.trim());
    return type === 'image/avif' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
  return takesAvif ? ['avif', 'webp'] : ['webp'];
}
