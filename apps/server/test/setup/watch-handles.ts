import { until } from './until.ts';

/** What keeps a process alive and belongs to the house; the test runner's own pipes and message ports do not. */
const OURS = ['TCPSocketWrap', 'TCPServerWrap', 'Timeout', 'Immediate', 'FSReqCallback', 'FSReqPromise', 'FILEHANDLE', 'ProcessWrap'];

/** How many of each are open now. */
function countHandles(): Map<string, number> {
  const open = process.getActiveResourcesInfo();
  return new Map(OURS.map((type) => [type, open.filter((one) => one === type).length]));
}

/** Remembers the handles open now. The answer fails when more of a kind are open later: something was not closed. */
export function watchHandles(): () => Promise<void> {
  const before = countHandles();
  return async () => {
    let left: string[] = [];
    const noneLeft = () => {
      left = [...countHandles()].filter(([type, count]) => count > before.get(type)!).map(([type, count]) => `${count - before.get(type)!} ${type}`);
      return left.length === 0;
    };
    await until('handles to close', noneLeft, 3_000).catch(() => {
      throw new Error(`Left open after everything was closed: ${left.join(', ')}.`);
    });
  };
}
