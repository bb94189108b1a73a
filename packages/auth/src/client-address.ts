import { BlockList, isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** Where a proxy of our own stands: this machine, or a network that nobody reaches from outside. */
const near = new BlockList();
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
] as const)
  near.addSubnet(net, bits);
for (const [net, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  near.addSubnet(net, bits, 'ipv6');

const FORWARDING = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

/**
 * The address a limit is kept for, or undefined where everybody looks alike: behind a proxy that we were not told to
 * trust no limit by address can hold without locking everybody out, and the others stand alone. `trustProxy` takes the
 * last X-Forwarded-For entry, the one our own proxy wrote; where that is no address, the peer's own.
 */
export function clientAddress(c: Context, trustProxy: boolean): string | undefined {
  if (isBehindUnknownProxy(c, trustProxy)) return undefined;
  const forwarded = trustProxy ? bareAddress(c.req.header('x-forwarded-for')?.split(',').at(-1) ?? '') : undefined;
  return canonicalAddress(forwarded ?? peerOf(c));
}

/**
 * Did a request come through a proxy nearby while TRUST_PROXY is off? From a public address such a header is a
 * stranger's, and says nothing.
 */
export function isBehindUnknownProxy(c: Context, trustProxy: boolean): boolean {
  if (trustProxy || !FORWARDING.some((name) => c.req.header(name) !== undefined)) return false;
  return isNear(peerOf(c));
}

/** This machine, or a private network. */
export function isNear(address: string): boolean {
  const bare = bareAddress(address);
  return bare !== undefined && near.check(bare, isIP(bare) === 6 ? 'ipv6' : 'ipv4');
}

const peerOf = (c: Context): string => getConnInfo(c).remote.address ?? '';

/**
 * However it is written: IPv4-mapped IPv6 is its IPv4, and an IPv6 address stands for its /64, which is what one
 * subscriber has.
 */
export function canonicalAddress(address: string): string {
  const bare = bareAddress(address);
  if (bare === undefined) return 'unknown';
  return isIP(bare) === 4 ? bare : `${groupsOf(bare).slice(0, 4).join(':')}::/64`;
}

/** Without port, brackets and zone; IPv4-mapped IPv6 as its IPv4. Undefined: no address. */
function bareAddress(text: string): string | undefined {
  const written = text.trim().toLowerCase();
  const bare = (
    /^\[([^\]]*)\](?::\d{1,5})?$/.exec(written)?.[1] ??
    /^([\d.]+):\d{1,5}$/.exec(written)?.[1] ??
    written
  ).replace(/%.*$/, '');
  const family = isIP(bare);
  if (family !== 6) return family === 4 ? bare : undefined;
  const groups = groupsOf(bare);
  if (groups.slice(0, 5).some((group) => group !== '0') || groups[5] !== 'ffff') return bare;
  return groups
    .slice(6)
    .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])
    .join('.');
}

/** The eight groups of an IPv6 address, without leading zeros. The URL parser writes each in its one canonical form. */
function groupsOf(address: string): string[] {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
}
