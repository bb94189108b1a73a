/**
 * Figures of the server's own /metrics as they stand at one moment, by their full names with labels; 0 where it does
 * not tell one yet.
 */
export async function readMetrics<Name extends string>(
  url: string,
  names: readonly Name[],
): Promise<Record<Name, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n');
  const figureOf = (name: Name) =>
    Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? 0);
  return Object.fromEntries(names.map((name) => [name, figureOf(name)])) as Record<Name, number>;
}

/** One of them. */
export const readMetric = async (url: string, name: string): Promise<number> => (await readMetrics(url, [name]))[name]!;
