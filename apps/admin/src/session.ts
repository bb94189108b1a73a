import type { Role } from '@windlass/auth/roles';

export type Session = { id: string; name: string; email: string; role: Role; shopName: string };

/** Who is signed in, or null. */
export async function fetchSession(): Promise<Session | null> {
  const answer = await fetch('/api/session');
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return (await answer.json()) as Session | null;
}

const post = (path: string, body: object) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export type SignInAnswer = { ok: true } | { ok: false; message: string; waitSeconds: number };

/** Tries to sign in. Refusals are values: the sentence for the person, and how long to wait after too many tries. */
export async function signIn(email: string, password: string): Promise<SignInAnswer> {
  try {
    const answer = await post('/api/sign-in', { email, password });
    if (answer.ok) return { ok: true };
    const { error } = (await answer.json()) as { error: { message: string } };
    return { ok: false, message: error.message, waitSeconds: Number(answer.headers.get('retry-after') ?? 0) };
  } catch {
    return { ok: false, message: 'The server cannot be reached. Try again in a moment.', waitSeconds: 0 };
  }
}

export const signOut = () => post('/api/sign-out', {});
