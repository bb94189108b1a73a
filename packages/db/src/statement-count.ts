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

/** Runs `work` outside of whatever count is going on: for what is sent on behalf of many. */
export const uncounted = <T>(work: () => T): T => counter.exit(work);

/** Every statement of this process passes here: the pool is made of these clients. */
export class CountedClient extends pg.Client {
  // pg's query has eight overloads; this only looks on, so it passes whatever it is given through unchanged.
  override query = ((...args: unknown[]) => {
    const mine = counter.getStore();
    if (mine) mine.statements += 1;
    return (pg.Client.prototype.query as (...args: unknown[]) => unknown).apply(this, args);
  }) as typeof pg.Client.prototype.query;
}

/**
 * A statement that waits for a connection is begun by whoever gives one back; it counts for the one who sent it all the
 * same.
 */
export class CountedPool extends pg.Pool {
  override connect = ((callback?: (...args: unknown[]) => void) =>
    (pg.Pool.prototype.connect as (callback?: unknown) => unknown).call(
      this,
      callback && AsyncLocalStorage.bind(callback),
    )) as typeof pg.Pool.prototype.connect;
}
