import { type Breaker, type BreakerOptions, createBreaker } from './breaker.ts';

export type Breakers = {
  /** That of one host or provider, the same each time; `title` begins the sentence people read. */
  of(host: string, title: string): Breaker;
  close(): void;
};

/**
 * Breakers of a queue whose jobs need different hosts or providers: each holds those that need its own, and the others
 * go on. `kind` begins their keys: `printer:api.example`. Keeps one in memory for each host that was asked for, and
 * reads a row for each when any breaker opens or closes: for dozens of hosts, not for those that customers name.
 */
export function createBreakers({
  kind,
  ...shared
}: { kind: string } & Omit<BreakerOptions, 'key' | 'title' | 'holdsQueue'>): Breakers {
  const known = new Map<string, Breaker>();
  return {
    of(host, title) {
      const key = `${kind}:${host}`;
      const breaker = known.get(key) ?? createBreaker({ ...shared, key, title, holdsQueue: false });
      known.set(key, breaker);
      return breaker;
    },
    close: () => known.forEach((breaker) => breaker.close()),
  };
}
