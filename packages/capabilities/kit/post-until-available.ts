/** JSON to an address outside tRPC, from a page of this house. */
export const post = (path: string, body: object) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export type SignInAnswer = { ok: true } | { ok: false; message: string; waitSeconds: number };

/** A house that is too busy for a moment is asked again so often before anybody is told. */
const PATIENCE = 5;

/**
 * Asks an address that takes no session. Refusals are values: the sentence for the person, and how long to wait after
 * too many tries.
 */
export async function postUntilAvailable(path: string, body: object): Promise<SignInAnswer> {
  try {
    let answer = await post(path, body);
    for (let asked = 1; answer.status === 503 && asked < PATIENCE; asked += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1000 * Number(answer.headers.get('retry-after') ?? 1)));
      answer = await post(path, body);
    }
    if (answer.ok) return { ok: true };
    const { error } = (await answer.json()) as { error: { message: string } };
    return { ok: false, message: error.message, waitSeconds: Number(answer.headers.get('retry-after') ?? 0) };
  } catch {
    return { ok: false, message: 'The server cannot be reached. Try again in a moment.', waitSeconds: 0 };
  }
}
