import type pg from 'pg';

/**
 * A connection may break in the very instant it is handed out: the pool has taken its listener off by then, and whoever
 * awaits it has not put theirs on. An error that nobody listens for ends the process. Here somebody always does; the
 * next statement on the connection fails all the same, and the pool throws it away.
 */
export const surviveBrokenClients = (pool: pg.Pool): void =>
  void pool.on('connect', (client) => client.on('error', () => undefined));
