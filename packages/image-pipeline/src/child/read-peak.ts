import { readFileSync } from 'node:fs';

/**
 * The most memory this process ever held, in bytes, as the kernel counted it: looks from time to time miss a short
 * peak. Linux only.
 */
export function readPeak(): number | undefined {
  try {
    const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    return found ? Number(found[1]) * 1024 : undefined;
  } catch {
    return undefined; // another system
  }
}
