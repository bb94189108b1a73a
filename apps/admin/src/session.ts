import type { Role } from '@windlass/auth/roles';
import { type SignInAnswer, postUntilAvailable, post } from '@windlass/capabilities/kit/post-until-available';

export type Session = { id: string; name: string; email: string; role: Role; shopName: string };

/** Who is signed in, or null. */
export async function fetchSession(): Promise<Session | null> {
  const answer = await fetch('/api/session');
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return (await answer.json()) as Session | null;
}

export const signIn = (email: string, password: string): Promise<SignInAnswer> =>
  postUntilAvailable('/api/sign-in', { email, password });

export const signOut = () => post('/api/sign-out', {});
