import type { Role } from '@windlass/auth/roles';
import type { AccountLinkFacts } from '@windlass/capabilities/operations/account-contract';

export type Session = { id: string; name: string; email: string; role: Role; shopName: string };

/** Who is signed in, or null. */
export async function fetchSession(): Promise<Session | null> {
  const answer = await fetch('/api/session');
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return (await answer.json()) as Session | null;
}

const post = (path: string, body: object) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export type DoorAnswer = { ok: true } | { ok: false; message: string; waitSeconds: number };

/** A house that is too busy for a moment is asked again so often before anybody is told. */
const PATIENCE = 5;

/** Asks at the door. Refusals are values: the sentence for the person, and how long to wait after too many tries. */
async function knock(path: string, body: object): Promise<DoorAnswer> {
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

export const signIn = (email: string, password: string): Promise<DoorAnswer> =>
  knock('/api/sign-in', { email, password });
/** Asks for a mail with a link to choose a new password. */
export const askForReset = (email: string): Promise<DoorAnswer> => knock('/api/forgot-password', { email });
/** Sets a password by the token of a mailed link, and signs in. */
export const choosePassword = (token: string, password: string): Promise<DoorAnswer> =>
  knock('/api/choose-password', { token, password });

/** Whose a mailed link is, or why it opens nothing. */
export async function openAccountLink(
  token: string,
): Promise<{ ok: true; facts: AccountLinkFacts } | { ok: false; message: string }> {
  const answer = await post('/api/account-link', { token });
  if (answer.ok) return { ok: true, facts: (await answer.json()) as AccountLinkFacts };
  if (answer.status >= 500) throw new Error(`The server answered ${answer.status}.`);
  return { ok: false, message: ((await answer.json()) as { error: { message: string } }).error.message };
}

export const signOut = () => post('/api/sign-out', {});
