/** CPU a process has used so far, user and system, in ms; and the memory it holds, in kB. */
export type Usage = { cpuMs: number; rssKb: number };

/** Asks a server's or a worker's own metrics: its process.cpuUsage at this moment. */
export async function readUsage(metricsUrl: string): Promise<Usage> {
  const response = await fetch(metricsUrl);
  if (!response.ok) throw new Error(`${metricsUrl} answered ${response.status}`);
  const text = await response.text();
  const value = (name: string) => {
    const found = new RegExp(`^${name} ([\\d.e+-]+)$`, 'm').exec(text)?.[1];
    if (found === undefined) throw new Error(`${metricsUrl} does not tell ${name}`);
    return Number(found);
  };
  return {
    cpuMs: (value('process_cpu_user_seconds_total') + value('process_cpu_system_seconds_total')) * 1000,
    rssKb: value('process_resident_memory_bytes') / 1024,
  };
}
