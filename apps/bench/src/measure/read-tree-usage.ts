import { readdirSync, readFileSync } from 'node:fs';

export type TreeUsage = { cpuMs: number; largestPeakMb: number };

/** The kernel counts CPU in hundredths of a second. */
const TICK_MS = 10;

/**
 * What a process and everything it has started have used, those that ended included; and the most memory any one that
 * still runs has held.
 * Linux: read from /proc.
 */
export function readTreeUsage(root: number): TreeUsage {
  const processes = new Map<number, { parent: number; ticks: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name in brackets may hold anything; the fields follow its last bracket.
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      processes.set(Number(name), { parent: fields[1]!, ticks: fields[11]! + fields[12]! + fields[13]! + fields[14]! });
    } catch {
      // ended while we looked
    }
  }
  const tree = new Set([root]);
  for (let grown = true; grown;) {
    grown = false;
    for (const [pid, { parent }] of processes) if (tree.has(parent) && !tree.has(pid)) grown = Boolean(tree.add(pid));
  }
  let [ticks, largest] = [0, 0];
  for (const pid of tree) {
    ticks += processes.get(pid)?.ticks ?? 0;
    largest = Math.max(largest, peakOf(pid));
  }
  return { cpuMs: ticks * TICK_MS, largestPeakMb: largest };
}

function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
