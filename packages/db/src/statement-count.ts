import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

type Counter = { statements: number };
const counter = new AsyncLocalStorage<Counter>();

/** Runs `work` and says how many statements it sent. BEGIN and COMMIT count too: each is a round trip. */
export async function countStatements<T>(work: () => Promise<T>): Promise<{ result: T; statements: number }> {
  const mine: Counter = { statements: 0 };
  const result = await counter.run(mine, work);
  return { result, statements: mine.statements };
}

/** The count so far in the current `countStatements`, or undefined outside one. */
export const statementsSoFar = (): number | undefined => counter.getStore()?.statements;

/** Every statement of this process passes here, Prisma's included: both share one pool of these clients. */
export class CountedClient extends pg.Client {
  // pg's query has eight overloads; this only looks on, so it passes whatever it is given through unchanged.
  override query = ((...args: unknown[]) => {
    const mine = counter.getStore();
    if (mine) mine.statements += 1;
    return (pg.Client.prototype.query as (...args: unknown[]) => unknown).apply(this, args);
  }) as typeof pg.Client.prototype.query;
}
