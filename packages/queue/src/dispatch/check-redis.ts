import { Redis } from 'ioredis';

/**
 * Throws where Redis is away, or may evict what it holds: a job's dispatch would vanish. It would come back (the
 * reconciler dispatches it again), but late, and again and again. Where CONFIG is not allowed, as on some hosted ones,
 * the policy is taken on trust.
 */
export async function checkRedis(url: string): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    connectTimeout: 1000,
    retryStrategy: () => null,
  });
  client.on('error', () => undefined); // the calls below throw the same
  try {
    await client.connect();
    const policy = await evictionPolicy(client);
    if (policy !== undefined && policy !== 'noeviction')
      throw new Error(`Redis has maxmemory-policy ${policy}: set it to noeviction, or jobs start late`);
  } finally {
    client.disconnect();
  }
}

async function evictionPolicy(client: Redis): Promise<string | undefined> {
  try {
    const answer = (await client.config('GET', 'maxmemory-policy')) as [string, string] | [];
    return answer[1];
  } catch (error) {
    if (/unknown command|NOPERM|not allowed/i.test((error as Error).message)) return undefined;
    throw error;
  }
}
