/** What a process needs to do its work. `required`: without it there is no point in sending requests here. */
export type Readiness = Record<string, { required: boolean; check: () => Promise<void> }>;

const LIMIT_MS = 1000;

export type ReadinessReport = { ok: boolean; checks: Record<string, { ok: boolean; ms: number; error?: string }> };

/** Asks everything at once, a second at most each. An optional part that is away makes the answer degraded, not red. */
export async function checkReadiness(readiness: Readiness): Promise<ReadinessReport> {
  const entries = await Promise.all(
    Object.entries(readiness).map(async ([name, { required, check }]) => {
      const started = performance.now();
      const error = await withinLimit(check).then(
        () => undefined,
        (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
      );
      return { name, required, ms: Math.round(performance.now() - started), error };
    }),
  );
  return {
    ok: entries.every((entry) => !entry.required || entry.error === undefined),
    checks: Object.fromEntries(
      entries.map(({ name, ms, error }) => [
        name,
        { ok: error === undefined, ms, ...(error !== undefined && { error }) },
      ]),
    ),
  };
}

async function withinLimit(check: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  await Promise.race([check(), late]).finally(() => clearTimeout(timer));
}
