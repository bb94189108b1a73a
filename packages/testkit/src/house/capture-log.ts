import { createLogger, type Logger } from '@windlass/config/logger';

export type LogLine = {
  level: string;
  msg?: string;
  reqId?: string;
  route?: string;
  status?: number;
  statements?: number;
} & Record<string, unknown>;
export type CapturedLog = { log: Logger; text: () => string; lines: () => LogLine[] };

/** The house's own logger at its most talkative, written into memory. */
export function captureLog(name: string): CapturedLog {
  const written: string[] = [];
  const log = createLogger(name, 'debug', { write: (line) => void written.push(line) });
  return {
    log,
    text: () => written.join(''),
    lines: () => written.map((line) => JSON.parse(line) as LogLine),
  };
}
