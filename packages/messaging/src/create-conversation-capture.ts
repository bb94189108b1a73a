import { AsyncLocalStorage } from 'node:async_hooks';
import { createSecretMask } from './mask-smtp-secrets.ts';
import type { SecretMask } from './mask-smtp-secrets.ts';
import { addLines, enterStage } from './send-trace.ts';
import type { SendTrace } from './send-trace.ts';

/** The fields of nodemailer's log entries that are read here. */
type LogEntry = {
  tnx?: string;
  action?: string;
  cid?: number;
  sid?: string;
  messageId?: string;
  outByteCount?: number;
};

/** One connection of the pool and the send it is working for, if any. */
type Connection = { trace: SendTrace | undefined; ready: boolean; closed: boolean; mask: SecretMask };

type SocketOptionsCallback = (error: Error | null, socketOptions: false) => void;

export type ConversationCapture = {
  /** For nodemailer's `logger` option, together with `transactionLog: true`. */
  logger: Record<'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal', (entry: LogEntry, line?: string) => void>;
  /** For nodemailer's `getSocket` option. */
  getSocket: (options: object, callback: SocketOptionsCallback) => void;
  /** Announces a message about to be queued; `messageId` without angle brackets, as the pool logs it. */
  expect(messageId: string, trace: SendTrace): void;
  /** Forgets the send: what its connection says from now on is not its conversation. */
  release(messageId: string, trace: SendTrace): void;
  /** Runs something that opens one connection outside the pool, at once, and records that connection. */
  record<T>(trace: SendTrace, open: () => Promise<T>): Promise<T>;
};

/**
 * Sorts nodemailer's one stream of log lines into the conversations of the single sends.
 *
 * The pool logs which message goes to which of its connections (`cid`), the connections log commands and replies under
 * an id of their own (`sid`), and nothing logs which sid belongs to which cid. The tie is made where a connection is
 * born: the pool logs the assignment and calls `getSocket` in the same tick, and everything the new connection does
 * afterwards runs in the async context that `getSocket`'s callback is called in.
 *
 * The message body never gets here: nodemailer logs it only under `debug`, which stays off.
 */
export function createConversationCapture(): ConversationCapture {
  const waiting = new Map<string, SendTrace[]>();
  const byPoolId = new Map<number, Connection>();
  const bySessionId = new Map<string, Connection>();
  const birth = new AsyncLocalStorage<Connection>();
  /** Whose connection `getSocket` opens next; set and used within one tick. */
  let next: Connection | undefined;

  function assign(cid: number, messageId: string): void {
    const trace = waiting.get(messageId)?.shift();
    const connection = byPoolId.get(cid) ?? newConnection();
    byPoolId.set(cid, connection);
    connection.trace = trace;
    next = connection;
    if (trace !== undefined) enterStage(trace, connection.ready ? 'commands' : 'connect');
  }

  function forget(cid: number): void {
    const connection = byPoolId.get(cid);
    byPoolId.delete(cid);
    if (connection !== undefined) forgetSession(connection);
  }

  function forgetSession(connection: Connection): void {
    for (const [sid, candidate] of bySessionId) {
      if (candidate === connection) bySessionId.delete(sid);
    }
  }

  function onPool(entry: LogEntry & { cid: number }): void {
    const { cid, tnx, action, messageId = '' } = entry;
    const connection = byPoolId.get(cid);
    if (tnx === 'pool' && action === 'assign') assign(cid, messageId);
    if (tnx === 'send' && connection !== undefined && !connection.ready) {
      connection.ready = true;
      if (connection.trace !== undefined) enterStage(connection.trace, 'commands');
    }
    if (tnx === 'connection' && action === 'closed' && connection !== undefined) {
      connection.closed = true;
      if (connection.trace === undefined) forget(cid);
    }
  }

  function onSession({ sid, tnx, outByteCount }: LogEntry & { sid: string }, line: string): void {
    const connection = bySessionId.get(sid) ?? birth.getStore();
    if (connection === undefined) return;
    // A connection still says a word or two after its end; nothing would ever remove it from the map again.
    if (!connection.closed) bySessionId.set(sid, connection);
    // The pool tidies its connection up after a refused message; that is no longer this message's conversation.
    if (tnx === 'client' && line === 'RSET') connection.trace = undefined;
    // The mask sees every line, also those nobody records, so that it never loses its place.
    if (tnx === 'client' || tnx === 'server') {
      const shown = connection.mask(tnx, line);
      if (connection.trace !== undefined) addLines(connection.trace, tnx, shown);
    }
    if (tnx === 'message' && connection.trace !== undefined) {
      addLines(connection.trace, 'client', `(message of ${outByteCount} bytes, ends with a dot)`);
    }
  }

  function onLog(entry: LogEntry, line = ''): void {
    if (entry.sid !== undefined) onSession({ ...entry, sid: entry.sid }, line);
    else if (entry.cid !== undefined) onPool({ ...entry, cid: entry.cid });
  }

  function expect(messageId: string, trace: SendTrace): void {
    waiting.set(messageId, [...(waiting.get(messageId) ?? []), trace]);
  }

  return {
    logger: { trace: onLog, debug: onLog, info: onLog, warn: onLog, error: onLog, fatal: onLog },
    getSocket(_options, callback) {
      const connection = next;
      next = undefined;
      const proceed = () => callback(null, false);
      setImmediate(() => (connection === undefined ? proceed() : birth.run(connection, proceed)));
    },
    expect,
    release(messageId, trace) {
      const others = (waiting.get(messageId) ?? []).filter((candidate) => candidate !== trace);
      if (others.length > 0) waiting.set(messageId, others);
      else waiting.delete(messageId);
      for (const [cid, connection] of byPoolId) {
        if (connection.trace !== trace) continue;
        connection.trace = undefined;
        if (connection.closed) forget(cid);
      }
    },
    async record(trace, open) {
      const connection = { ...newConnection(), trace };
      next = connection;
      try {
        return await open();
      } finally {
        connection.closed = true;
        forgetSession(connection);
      }
    },
  };
}

function newConnection(): Connection {
  return { trace: undefined, ready: false, closed: false, mask: createSecretMask() };
}
