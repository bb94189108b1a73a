import type { Cache } from '@windlass/cache/open-cache';
import type { Database } from '@windlass/db/open-database';
import type { Hub } from '@windlass/live/hub';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What /metrics answers. Base units; no ids as labels. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'http_server_request_duration_seconds',
      help: 'Time to answer, by route pattern',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5],
      registers,
    }),
    statements: new Histogram({
      name: 'wl_db_query_duration_seconds',
      help: 'Database statements, by operation',
      labelNames: ['op'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.2, 1],
      registers,
    }),
    statementsPerRequest: new Histogram({
      name: 'wl_db_queries_per_request',
      help: 'Statements one procedure or route sent',
      labelNames: ['route'],
      buckets: [1, 2, 3, 5, 8, 13, 21],
      registers,
    }),
    storage: new Histogram({
      name: 'wl_storage_op_duration_seconds',
      help: 'Calls of the object storage',
      labelNames: ['op', 'result'],
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
    signIns: new Counter({ name: 'wl_login_total', help: 'Sign-ins', labelNames: ['result'], registers }),
    streamsDropped: new Counter({
      name: 'wl_sse_dropped_total',
      help: 'Live streams ended by us',
      labelNames: ['reason'],
      registers,
    }),
    turnedAway: new Counter({
      name: 'wl_requests_turned_away_total',
      help: 'Requests refused by admission control because too many were being answered',
      registers,
    }),
    /** Gauges that are read when asked for. */
    watch({ database, hub, cache }: { database: Database; hub: Hub; cache: Cache }) {
      new Gauge({
        name: 'wl_db_pool',
        help: 'Connections of this process',
        labelNames: ['state'],
        registers,
        collect() {
          this.set({ state: 'total' }, database.pool.totalCount);
          this.set({ state: 'idle' }, database.pool.idleCount);
          this.set({ state: 'waiting' }, database.pool.waitingCount);
        },
      });
      new Gauge({
        name: 'wl_cache_answers',
        help: 'Answers of the cache since the start, by where they came from',
        labelNames: ['from'],
        registers,
        collect() {
          for (const [from, count] of Object.entries(cache.stats())) this.set({ from }, count);
        },
      });
      new Gauge({
        name: 'wl_sse_clients',
        help: 'Open live streams',
        registers,
        collect() {
          this.set(hub.readers());
        },
      });
    },
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
