import os from 'node:os';
import type { DemoControls, MailTrouble } from '@windlass/capabilities/kit/server-context';

/** What each switch asks of the sandbox's mail server. */
const faults: Record<MailTrouble, { mode: string; delayMs: number }> = {
  none: { mode: 'ok', delayMs: 0 },
  slow: { mode: 'ok', delayMs: 5_000 },
  down: { mode: 'refuse-connections', delayMs: 0 },
  busy: { mode: 'reject-4xx', delayMs: 0 },
  refuses: { mode: 'reject-5xx', delayMs: 0 },
  cut: { mode: 'cut-after-dot', delayMs: 0 },
};
const TIMEOUT_MS = 2_000;

/**
 * The switches of the demo: the sandbox is asked over its own API, a worker of this machine is ended as a crash would
 * end it.
 */
export function createDemoControls(sandboxUrl: string): DemoControls {
  const address = `${sandboxUrl}/mail/api/faults`;
  const ask = async (init: RequestInit = {}) => {
    const response = await fetch(address, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`the sandbox answered ${response.status}`);
    return (await response.json()) as { mode: string; delayMs: number };
  };
  return {
    async mailTrouble() {
      const { mode, delayMs } = await ask();
      const found = Object.entries(faults).find(
        ([, fault]) => fault.mode === mode && (mode !== 'ok' || delayMs > 0 === fault.delayMs > 0),
      );
      return found ? (found[0] as MailTrouble) : 'other';
    },
    async setMailTrouble(trouble) {
      await ask({
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(faults[trouble]),
      });
    },
    killWorker({ host, pid }) {
      if (host !== os.hostname()) return false;
      try {
        return process.kill(pid, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false; // gone already
        throw error;
      }
    },
  };
}
