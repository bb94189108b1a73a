import { type MakeRequest, write } from '../hostile-request.ts';

/** One who tries many passwords from one place. */
export const PERSISTENT = '203.0.113.66';
/** Whose account strangers try: an admin of the shop. */
export const TRIED = 'second@people.test';

/**
 * Tries to sign in: many at once, from one place and from many, as people who exist and who do not, with headers that
 * would switch a limit off.
 */
export const signIn: MakeRequest = (random) => {
  const email = random.pick([
    TRIED,
    TRIED,
    `nobody-${random.between(1, 1_000)}@people.test`,
    'a@b',
    `${'x'.repeat(300)}@people.test`,
  ]);
  const body = random.pick([
    JSON.stringify({ email, password: `guess ${random.between(1, 1_000_000)}` }),
    JSON.stringify({ email, password: `guess ${random.between(1, 1_000_000)}` }),
    JSON.stringify({ email, password: 'x'.repeat(random.between(100, 3_000)) }),
    JSON.stringify({ email: { $ne: '' }, password: ['x'] }),
    '{"email":',
  ]);
  const somewhere = `${random.pick([198, 192])}.${random.between(0, 255)}.${random.between(0, 255)}.${random.between(1, 254)}`;
  const forwarded = random.pick([
    PERSISTENT,
    PERSISTENT,
    PERSISTENT,
    somewhere,
    somewhere,
    `127.0.0.1, ${PERSISTENT}`,
    `2001:db8:${random.between(0, 9_999)}::1`,
    `::ffff:${PERSISTENT}`,
    'x'.repeat(random.between(200, 9_000)),
    ','.repeat(8_000),
    'unknown',
    '',
    `${somewhere}:65536`,
    '0x7f.1',
  ]);
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    'x-forwarded-for': forwarded,
    ...(random.next() < 0.1 && { cookie: `wl.known_browser=${'a'.repeat(random.between(1, 200))}` }),
    ...(random.next() < 0.1 && { 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' }),
  };
  const from = forwarded.includes(PERSISTENT) ? PERSISTENT : somewhere;
  return {
    detail: `as ${email.slice(0, 40)} from ${forwarded.slice(0, 40)}`,
    from,
    pieces: [write({ method: 'POST', target: '/api/sign-in', headers, body })],
    gapMs: 0,
    reads: true,
    holdMs: 20_000,
  };
};
