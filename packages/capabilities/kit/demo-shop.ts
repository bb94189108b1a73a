import type { Database } from '@windlass/db/open-database';
import type { Storage } from '@windlass/storage/storage';
import type { CapabilityName } from '../names.ts';

/** The empty shop that a demo is made of. */
export type DemoShop = { database: Database; storage: Storage; shopId: string };

/** A capability's part of it. */
export type Seed = {
  /** Whose parts must be there before. */
  after?: readonly CapabilityName[];
  /** What is made, for people: "40 orders". */
  makes: string;
  fill: (shop: DemoShop) => Promise<void>;
};

/** The parts of all plugs, each after those it needs. Throws on a circle. */
export function seedsInTurn(plugs: Readonly<Record<string, { seed?: Seed }>>): Seed[] {
  const done = new Set<Seed>();
  const visit = (name: string, path: readonly string[]) => {
    const seed = plugs[name]?.seed;
    if (!seed || done.has(seed)) return;
    if (path.includes(name)) throw new Error(`Seeds wait for each other: ${[...path, name].join(', ')}.`);
    for (const before of seed.after ?? []) visit(before, [...path, name]);
    done.add(seed);
  };
  for (const name of Object.keys(plugs)) visit(name, []);
  return [...done];
}
