import { NO_FAULT } from './mail-fault.ts';
import type { MailFault } from './mail-fault.ts';

export type FaultSwitch = {
  current(): MailFault;
  set(fault: MailFault): void;
  /** The fault a message to these addresses meets at this place; null when it is to pass. Does not count. */
  peek(recipients: readonly string[]): MailFault | null;
  /** Counts one application; the last one switches the fault off. */
  spend(): void;
  /** Calls back after every change, with the new fault. Returns the way to stop. */
  subscribe(listener: (fault: MailFault) => void): () => void;
};

/** Holds the fault in force. One object per mail server, so that two servers in a test do not share a switch. */
export function createFaultSwitch(): FaultSwitch {
  let fault: MailFault = NO_FAULT;
  const listeners = new Set<(fault: MailFault) => void>();

  function set(next: MailFault): void {
    fault = next;
    for (const listener of listeners) listener(next);
  }

  return {
    current: () => fault,
    set,
    peek(recipients) {
      if (fault.mode === 'ok' && fault.delayMs === 0) return null;
      const only = fault.recipients;
      return only === undefined || recipients.some((address) => only.includes(address.toLowerCase())) ? fault : null;
    },
    spend() {
      if (fault.times === null) return;
      set(fault.times === 1 ? NO_FAULT : { ...fault, times: fault.times - 1 });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
