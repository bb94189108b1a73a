import { createHook } from 'node:async_hooks';
import { until } from '@windlass/testkit/until';

/** What keeps a process alive and belongs to the house; the test runner's own pipes and message ports do not. */
const OURS = ['TCPSocketWrap', 'TCPServerWrap', 'FSReqCallback', 'FSReqPromise', 'FILEHANDLE', 'ProcessWrap'];

/** How many of each are open now. */
function countHandles(): Map<string, number> {
  const open = process.getActiveResourcesInfo();
  return new Map(OURS.map((type) => [type, open.filter((one) => one === type).length]));
}

/**
 * Timers started from now on that have neither fired nor been cleared. Node's own count of them drifts when an HTTP
 * server closes.
 */
function watchTimers(): { running: () => string[]; stop: () => void } {
  const timers = new Map<number, { timer: NodeJS.Timeout; started: Error }>();
  const hook = createHook({
    trackPromises: false, // they are many, and none of them is a timer
    init(id, type, _trigger, resource) {
      if (type === 'Timeout') timers.set(id, { timer: resource as NodeJS.Timeout, started: new Error() });
    },
    destroy: (id) => void timers.delete(id),
  }).enable();
  // A stack costs most when it is read: only those of timers that are left are.
  const open = () =>
    [...timers.values()].filter(({ timer }) => timer.hasRef()).map(({ started }) => callerIn(started.stack ?? ''));
  return {
    running: () =>
      open()
        .filter((startedAt) => !startedAt.includes('until.ts'))
        .map((startedAt) => `a timer started ${startedAt}`),
    stop: () => void hook.disable(),
  };
}

/** The first line of a stack that is neither Node's nor this file's. */
const callerIn = (stack: string): string =>
  stack
    .split('\n')
    .slice(1)
    .find((line) => !line.includes('node:') && !line.includes('watch-handles.ts'))
    ?.trim() ?? 'by Node itself';

/**
 * Remembers the handles open now. The answer fails when more of a kind are open later, or a timer still runs that was
 * started
 * meanwhile: something was not closed.
 */
export function watchHandles(): () => Promise<void> {
  const before = countHandles();
  const timers = watchTimers();
  return async () => {
    let left: string[] = [];
    const noneLeft = () => {
      const more = [...countHandles()].filter(([type, count]) => count > before.get(type)!);
      left = [...more.map(([type, count]) => `${count - before.get(type)!} ${type}`), ...timers.running()];
      return left.length === 0;
    };
    try {
      await until('handles to close', noneLeft, 8_000);
    } catch {
      throw new Error(`Left open after everything was closed: ${left.join(', ')}.`);
    } finally {
      timers.stop();
    }
  };
}
