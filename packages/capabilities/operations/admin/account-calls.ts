import { type SignInAnswer, postUntilAvailable, post } from '../../kit/post-until-available.ts';
import type { AccountLinkFacts } from '../account-contract.ts';

/** Asks for a mail with a link to choose a new password. */
export const askForReset = (email: string): Promise<SignInAnswer> =>
  postUntilAvailable('/api/forgot-password', { email });

/** Sets a password by the token of a mailed link, and signs in. */
export const choosePassword = (token: string, password: string): Promise<SignInAnswer> =>
  postUntilAvailable('/api/choose-password', { token, password });

/** Whose a mailed link is, or why it opens nothing. */
export async function openAccountLink(
  token: string,
): Promise<{ ok: true; facts: AccountLinkFacts } | { ok: false; message: string }> {
  const answer = await post('/api/account-link', { token });
  if (answer.ok) return { ok: true, facts: (await answer.json()) as AccountLinkFacts };
  if (answer.status >= 500) throw new Error(`The server answered ${answer.status}.`);
  return { ok: false, message: ((await answer.json()) as { error: { message: string } }).error.message };
}
