import fs from 'node:fs';
import sharp from 'sharp';
import type { Output } from '../entry.ts';
import { PLANTED } from './hostile-file.ts';

/** Opens what the pipeline wrote, as a stranger would. */
export async function lookAtOutput({
  name,
  within,
  path,
}: {
  name: string;
  within: number;
  path: string;
}): Promise<Output> {
  if (!fs.existsSync(path)) return { name, within, width: null, height: null, bytes: 0, carries: [] };
  const bytes = fs.readFileSync(path);
  // One that cannot be opened is a finding, and told as such.
  const seen = await sharp(bytes)
    .stats()
    .then(
      () => sharp(bytes).metadata(),
      () => undefined,
    );
  const carries = (['exif', 'xmp', 'iptc'] as const).filter((part) => seen?.[part] !== undefined);
  const payload = bytes.includes(PLANTED) ? ['payload'] : [];
  return {
    name,
    within,
    width: seen?.width ?? null,
    height: seen?.height ?? null,
    bytes: bytes.length,
    carries: [...carries, ...payload],
  };
}
