import { hkdfSync } from 'node:crypto';
import { z } from 'zod';

/** A key by the id that everything it sealed carries. */
export type SealKey = { id: string; key: Buffer };

/** What a house seals its secrets at rest with, and opens them. */
export type SealKeys = {
  /** The first one seals, all open. Empty: nothing can be sealed. */
  named: readonly SealKey[];
  /** Derived from AUTH_SECRET: opens what was sealed before keys had ids, and seals nothing. */
  former: Buffer;
};

const derive = (secret: string, purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));

const ID = /^[a-z0-9-]{1,16}$/;
const KEY = /^[^\s,]{32,}$/;

/** `id:key,id:key`, as SEAL_KEYS has it. A fault names an id or a place in the list, never a key. */
export const sealKeyList = z.string().transform((text, context): SealKey[] => {
  const entries = text.split(',').map((entry) => /^([^:]*):?(.*)$/s.exec(entry.trim())!.slice(1) as [string, string]);
  const ids = entries.map(([id]) => id);
  const faults = entries.flatMap(([id, key], i) => {
    if (!ID.test(id)) return [`key ${i + 1} must be id:key, with an id of up to 16 letters a-z, digits and -`];
    if (!KEY.test(key)) return [`key ${i + 1}, called ${id}, must have at least 32 characters, kept secret`];
    return ids.indexOf(id) < i ? [`two keys are called ${id}: ids say what opens what, and are never used again`] : [];
  });
  for (const message of faults) context.addIssue({ code: 'custom', message });
  return faults.length > 0 ? z.NEVER : entries.map(([id, key]) => ({ id, key: derive(key, 'windlass seal key') }));
});

/** The keys of a house, out of its settings. */
export const sealKeysOf = (settings: { SEAL_KEYS?: SealKey[] | undefined; AUTH_SECRET: string }): SealKeys => ({
  named: settings.SEAL_KEYS ?? [],
  former: derive(settings.AUTH_SECRET, 'windlass sealed secret'),
});
