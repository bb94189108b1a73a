// eslint-disable-next-line typescript/triple-slash-reference -- it brings no types, and who imports this file needs them
/// <reference path="./s3rver.d.ts" />
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import S3rver, { type Answering } from '@20minutes/s3rver';
import { answerMultipart } from './answer-multipart.ts';

export type S3Server = {
  url: (secret?: string) => string;
  endpoint: string;
  /** Stands before every call: the store's own troubles, as long as it is set. */
  trouble: Answering | undefined;
  close: () => Promise<void>;
};

/**
 * An S3 server that checks signatures, on a free loopback port, with one empty bucket. Its one account is S3RVER with
 * that secret.
 */
export async function startS3Server(): Promise<S3Server> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'windlass-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: 'windlass', configs: [] }],
  });
  server.middleware.unshift(answerMultipart(directory));
  server.middleware.unshift((ctx, next) => (s3.trouble ? s3.trouble(ctx, next) : next()));
  const { port } = await server.run();
  const s3: S3Server = {
    url: (secret = 'S3RVER') => `s3://S3RVER:${secret}@127.0.0.1:${port}/windlass?tls=off`,
    endpoint: `http://127.0.0.1:${port}`,
    trouble: undefined,
    async close() {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return s3;
}
