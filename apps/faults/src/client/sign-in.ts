import { setTimeout as sleep } from 'node:timers/promises';

/** Five tries in five minutes are all that a person has. */
const TRIES = 4;

/**
 * Through the real POST /api/sign-in; answers the Cookie header that a browser would send from then on. Comes back
 * where it is told to.
 */
export async function signIn(url: string, who: { email: string; password: string }, tries = TRIES): Promise<string> {
  const response = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(who),
  });
  const text = await response.text();
  if (response.status === 503 && tries > 1) {
    await sleep(1_000);
    return signIn(url, who, tries - 1);
  }
  if (response.status !== 200) throw new Error(`sign-in answered ${response.status}: ${text}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .join('; ');
}
