import { nowMs } from '../measure/clock.ts';
import { quantile } from '../measure/quantile.ts';
import { spreadOf } from '../measure/spread.ts';
import { openConnection } from '../world/open-connection.ts';
import { queryRequest, trpcQuery } from '../world/requests.ts';
import type { BenchServer } from '../world/start-server.ts';
import { readStatements } from '../world/read-statements.ts';
import type { World } from '../world/world.ts';

export type RequestWish = { server: BenchServer; cookie: string; procedure: string; inputs: object[] };
export type RequestFigures = { p50: number; cpuMs: number; statements: number };

/**
 * Sends the requests one after the other, the whole list once to warm up and then in rounds. Medians over the rounds,
 * for each request.
 */
export async function measureRequests(
  world: World,
  { server, cookie, procedure, inputs }: RequestWish,
): Promise<RequestFigures> {
  const connection = await openConnection(server.port);
  const requests = inputs.map((input) => queryRequest(trpcQuery(procedure, input), cookie));
  const route = `/api/trpc/${procedure}`;
  const round = async (): Promise<RequestFigures> => {
    const samples: number[] = [];
    const before = { ...(await server.usage()), ...(await readStatements(server.url, route)) };
    for (const request of requests) {
      const begun = nowMs();
      const { status, body } = await connection.send(request);
      samples.push(nowMs() - begun);
      if (status !== 200) throw new Error(`${procedure} answered ${status}: ${body}`);
    }
    const after = { ...(await server.usage()), ...(await readStatements(server.url, route)) };
    return {
      p50: quantile(samples, 0.5),
      cpuMs: (after.cpuMs - before.cpuMs) / requests.length,
      statements: (after.statements - before.statements) / (after.requests - before.requests),
    };
  };
  await round();
  const rounds: RequestFigures[] = [];
  for (let i = 0; i < world.rounds; i += 1) rounds.push(await round());
  connection.close();
  const median = (name: keyof RequestFigures) => spreadOf(rounds.map((figures) => figures[name])).median;
  return { p50: median('p50'), cpuMs: median('cpuMs'), statements: median('statements') };
}
