import type { House } from './start-house.ts';
import type { Answer } from './visitor.ts';

/** How many statements a request sent, as the server's own log says of it. */
export function statementsOf(house: House, answer: Answer): number {
  const requestId = answer.headers.get('x-request-id');
  const line = house.server.log.lines().find((one) => one.reqId === requestId && one.statements !== undefined);
  if (!line) throw new Error(`no log line for request ${requestId}`);
  return line.statements!;
}
