export type Call = { name: string; input: object; /** a mutation */ change?: boolean };
export type Called = { status: number; data: unknown };

/** One tRPC call as the admin's pages send it. */
export async function callProcedure(who: { url: string; cookie: string }, call: Call): Promise<Called> {
  const address = `${who.url}/api/trpc/${call.name}`;
  const headers = { cookie: who.cookie, 'content-type': 'application/json' };
  const body = JSON.stringify(call.input);
  const response = call.change
    ? await fetch(address, { method: 'POST', headers, body })
    : await fetch(`${address}?input=${encodeURIComponent(body)}`, { headers });
  const answer = (await response.json()) as { result?: { data: unknown } };
  return { status: response.status, data: answer.result?.data };
}
