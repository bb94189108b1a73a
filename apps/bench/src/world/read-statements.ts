/**
 * What the server has counted by itself for a route: its requests and the statements they sent, the session's lookup
 * among them.
 */
export async function readStatements(
  serverUrl: string,
  route: string,
): Promise<{ statements: number; requests: number }> {
  const response = await fetch(`${serverUrl}/metrics`);
  const text = await response.text();
  const value = (part: string) => {
    const line = text.split('\n').find((one) => one.startsWith(`wl_db_queries_per_request_${part}{route="${route}"}`));
    return Number(line?.split(' ').at(-1) ?? 0);
  };
  return { statements: value('sum'), requests: value('count') };
}
