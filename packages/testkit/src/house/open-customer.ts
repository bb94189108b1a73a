import { createHash } from 'node:crypto';
import type { House } from './start-house.ts';

export type Fetched = { status: number; headers: Headers; bytes: Buffer; text: string; sha256: string };
export type Customer = {
  /** The address the house sees. */
  address: string;
  open(path: string, init?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Fetched>;
};

let customers = 0;

/** Somebody with a browser and an address of their own, as a proxy would report it: the house must trust its proxy. */
export function openCustomer(house: House, address = `203.0.113.${(customers += 1)}`): Customer {
  return {
    address,
    async open(path, { method = 'GET', headers = {}, body } = {}) {
      const response = await fetch(house.server.url + path, {
        method,
        redirect: 'manual',
        headers: { 'x-forwarded-for': address, ...headers },
        ...(body && { body }),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { status: response.status, headers: response.headers, bytes, text: bytes.toString('utf8'), sha256 };
    },
  };
}
