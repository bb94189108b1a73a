import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import S3rver from '@20minutes/s3rver';
import { answerMultipart } from './answer-multipart.ts';

export type S3Server = { url: (secret?: string) => string; endpoint: string; close: () => Promise<void> };

/** An S3 server that checks signatures, on a free loopback port, with one empty bucket. Its one account is S3RVER with that secret. */
export async function startS3Server(): Promise<S3Server> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'windlass-s3-'));
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets: [{ name: 'windlass', configs: [] }] });
  server.middleware.unshift(answerMultipart(directory));
  const { port } = await server.run();
  return {
    url: (secret = 'S3RVER') => `s3://S3RVER:${secret}@127.0.0.1:${port}/windlass?tls=off`,
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
