import { type AddressInfo, createServer } from 'node:net';

/** A port of 127.0.0.1 that is free now. The caller takes it at once: nothing reserves it. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
