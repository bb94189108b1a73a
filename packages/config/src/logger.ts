import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Keys whose values never reach a log, at any of the depths we log at. Log ids instead: they lead to the record. */
const SECRET_KEYS = [
  'authorization',
  'cookie',
  'set-cookie',
  'token',
  'password',
  'secret',
  'apiKey',
  'email',
  'phone',
  'recipient',
  'customerEmail',
  'customerName',
  'recipientName',
];
const DEPTHS = ['', '*.', '*.*.', '*.*.*.'];

/**
 * One JSON line an event: time in UTC, level, message, ids. An `Error` is logged by name, message, code and stack; its
 * other properties (a driver's connection, a request with headers) are not.
 */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const options = {
    name,
    level,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: DEPTHS.flatMap((depth) =>
        SECRET_KEYS.map((key) => (key.includes('-') ? `${depth.slice(0, -1)}["${key}"]` : `${depth}${key}`)),
      ),
      censor: '[hidden]',
    },
    serializers: { err: describeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as Error & { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(code !== undefined && { code }),
    stack: error.stack,
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  };
}
