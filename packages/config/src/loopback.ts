import { isIPv4, isIPv6 } from 'node:net';

/**
 * Is this the name or address of this very machine, as a URL or a Host header may write it? A port and brackets may be
 * there.
 */
export function isLoopbackName(host: string): boolean {
  if (isIPv6(host)) return isLoopbackAddress(host);
  const name = host
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  return name === 'localhost' || isLoopbackAddress(name);
}

/** The same of an address that a socket tells. */
export function isLoopbackAddress(address: string): boolean {
  const bare = address.toLowerCase().replace(/^::ffff:/, '');
  return bare === '::1' || (isIPv4(bare) && bare.startsWith('127.'));
}

const FORWARDING =
  /^(forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-connecting-ip|fastly-client-ip)$/;

export type Arrival = {
  /** The other end of the connection. */
  peer: string | undefined;
  /** Their names in lower case. */
  headers: Readonly<Record<string, unknown>>;
};

/** Did a proxy pass this request on? It then comes from wherever the proxy's client is. */
export const isForwarded = (headers: Arrival['headers']): boolean =>
  Object.keys(headers).some((name) => FORWARDING.test(name));

/**
 * Was this request made by somebody on this machine, in this machine's name? A proxy on the same machine connects from
 * loopback too, and so does a browser whose page has pointed its own name at us (DNS rebinding); neither is local.
 */
export function isLocalRequest({ peer, headers }: Arrival): boolean {
  return isLoopbackAddress(peer ?? '') && isLoopbackName(String(headers.host ?? '')) && !isForwarded(headers);
}
