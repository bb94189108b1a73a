/** What an operator wants to see of a program's log while it runs in their terminal. Machines read the JSON itself. */
type LogLine = { level?: string; msg?: string } & Record<string, unknown>;

/** Said in every line already, or of no use at a glance. */
const QUIET = new Set(['level', 'time', 'name', 'msg', 'err', 'pid', 'hostname', 'reqId']);

/**
 * A program's line as a person reads it: the JSON of our logger becomes its message and facts, debug lines are left
 * out, and whatever is not JSON stays as it is. Undefined: nothing worth a line.
 */
export function readLogLine(line: string): string | undefined {
  if (!line.startsWith('{')) return line.trim() ? line : undefined;
  const entry = parse(line);
  if (!entry?.msg) return line;
  if (entry.level === 'debug') return undefined;
  const facts = Object.entries(entry).filter(([key]) => !QUIET.has(key));
  const { message } = (entry.err ?? {}) as { message?: string };
  const words = [
    entry.level === 'info' ? '' : `${entry.level}:`,
    entry.msg,
    message ? `(${message})` : '',
    ...facts.map(([key, value]) => `${key}=${show(value)}`),
  ];
  return words.filter(Boolean).join(' ');
}

function parse(line: string): LogLine | undefined {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return undefined; // a line of somebody else's that begins with a brace: shown as it is
  }
}

const show = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
