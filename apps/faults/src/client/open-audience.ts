import type { History } from '../history.ts';
import type { RunningProgram, Stack } from '../stack/start-stack.ts';
import { startHonestPeople } from './ask-honestly.ts';
import { callProcedure } from './call-procedure.ts';
import { openListener } from './open-listener.ts';
import { until } from '@windlass/testkit/until';

/** What people look at, in any release. */
const PAGES = [
  { name: 'orders.list', input: { tab: 'all' } },
  { name: 'orders.counts', input: {} },
  { name: 'deliveries.list', input: {} },
];
const EVENTS = `select seq::int, subject, xid::text from event where topic in ('approvals', 'deliveries') order by seq`;

export type Audience = {
  /** So many more; resolves when everybody listens. */
  listen(count: number, name: string): Promise<void>;
  /** Writes what there was to hear, and ends when all have heard the last of it: one event, alone after all others. */
  leave(): Promise<void>;
};

export type AudienceParts = {
  stack: Stack;
  cookie: string;
  history: History;
  /** who runs now */ programs: () => RunningProgram[];
};

/** People who watch the live stream of some server, and others who look at pages of all of them. */
export function openAudience({ stack, cookie, history, programs }: AudienceParts): Audience {
  const listeners: ReturnType<typeof openListener>[] = [];
  let turn = 0;
  const ask = async () => {
    turn += 1;
    const { url } = programs()[turn % programs().length]!;
    return (await callProcedure({ url, cookie }, PAGES[turn % PAGES.length]!)).status;
  };
  const people = startHonestPeople(
    [1, 2, 3].map(() => ({ what: 'page', everyMs: 100, ask })),
    history,
  );
  return {
    async listen(count, name) {
      for (let i = 0; i < count; i += 1) {
        const url = () => programs()[i % programs().length]!.url;
        listeners.push(openListener({ name: `${name}-${i}`, url, cookie, topics: 'approvals,deliveries', history }));
      }
      await until('everybody listens', () => listeners.every((listener) => listener.greeted()));
    },
    async leave() {
      await people.stop();
      const events = await stack.database.sql.rows<{ seq: number; subject: string; xid: string }>(
        'faults-events-of-all',
        EVENTS,
      );
      history.write({ what: 'recorded', events });
      const last = events.at(-1)!.seq;
      const allHeard = () => listeners.every((listener) => listener.lastSeq() === last);
      await until('everybody has heard the last word', allHeard).catch(() => undefined); // the checker says who has not
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}
