import type { MailSink } from './start-mail-sink.ts';
import type { OwnPostgres } from './start-postgres.ts';
import { type Proxy, startProxy } from './start-proxy.ts';
import type { OwnRedis } from './start-redis.ts';

/** The lines between the programs and what they talk to. */
export type Network = {
  databaseUrl: string;
  redisUrl: string | undefined;
  mailUrl: string;
  lines: { database: Proxy; redis?: Proxy; mail: Proxy };
  close(): Promise<void>;
};

export type Services = { postgres: OwnPostgres; redis: OwnRedis | undefined; mail: MailSink };

/** A proxy before each service. The run itself talks to them directly. */
export async function startNetwork({ postgres, redis, mail }: Services): Promise<Network> {
  const database = await startProxy(postgres.port);
  const queue = redis && (await startProxy(redis.port));
  const post = await startProxy(mail.port);
  const through = (url: string, { port }: Proxy) => {
    const other = new URL(url);
    other.port = String(port);
    return other.toString();
  };
  const lines = { database, ...(queue && { redis: queue }), mail: post };
  return {
    databaseUrl: through(postgres.url, database),
    redisUrl: redis && queue && through(redis.url, queue),
    mailUrl: through(mail.url, post),
    lines,
    close: async () => void (await Promise.all(Object.values(lines).map((line) => line.close()))),
  };
}
