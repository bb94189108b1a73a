import fs from 'node:fs';

/** The most memory each child of a process ever took, as the kernel counts it. */
export type ChildrenWatch = {
  /** bytes; undefined where the kernel does not tell: it is Linux that does */
  peak(): number | undefined;
  /** Children seen that still run. */
  running(): number[];
  stop(): void;
};

const EACH_MS = 50;

/**
 * Looks at the children of a process every 50 ms. A peak is kept by the kernel: only what a child takes in its last
 * moments is missed.
 */
export function watchChildren(pid: number): ChildrenWatch {
  const peaks = new Map<number, number>();
  const look = () => {
    for (const child of childrenOf(pid)) {
      const [kilobytes] = /(?<=VmHWM:\s+)\d+/.exec(readIfThere(`/proc/${child}/status`)) ?? [];
      if (kilobytes !== undefined) peaks.set(child, Math.max(peaks.get(child) ?? 0, Number(kilobytes) * 1_024));
    }
  };
  const timer = setInterval(look, EACH_MS);
  return {
    peak: () => (peaks.size > 0 ? Math.max(...peaks.values()) : undefined),
    // An ended process that nobody has asked after is a name only, and takes no memory.
    running: () => [...peaks.keys()].filter((child) => readIfThere(`/proc/${child}/status`).includes('VmHWM:')),
    stop: () => clearInterval(timer),
  };
}

function childrenOf(pid: number): number[] {
  const threads = fs.existsSync(`/proc/${pid}/task`) ? fs.readdirSync(`/proc/${pid}/task`) : [];
  return threads.flatMap((thread) =>
    readIfThere(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

/** A process may end between being listed and being looked at. */
function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
