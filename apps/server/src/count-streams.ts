export type StreamLimits = { perSession: number; perPerson: number };
export type StreamSeats = {
  /** Room for one more stream, to be given back when it ends; undefined: there are as many as may be. */
  take: (reader: { sessionId: string; personId: string }) => (() => void) | undefined;
};

/**
 * Counts the live streams of this process, so that no browser gone wild holds them all. A browser needs one for all its
 * tabs; the oldest are kept, since what opens ever new ones is the one that is broken.
 */
export function countStreams({ perSession, perPerson }: StreamLimits): StreamSeats {
  const open = new Map<string, number>();
  const add = (key: string, by: 1 | -1) => {
    const count = (open.get(key) ?? 0) + by;
    if (count > 0) open.set(key, count);
    else open.delete(key);
  };
  return {
    take({ sessionId, personId }) {
      const [session, person] = [`session ${sessionId}`, `person ${personId}`];
      if ((open.get(session) ?? 0) >= perSession || (open.get(person) ?? 0) >= perPerson) return undefined;
      for (const key of [session, person]) add(key, 1);
      let seated = true;
      return () => {
        if (!seated) return;
        seated = false;
        for (const key of [session, person]) add(key, -1);
      };
    },
  };
}
