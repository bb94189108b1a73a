import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findFreePort } from '@windlass/db/embedded/find-free-port';
import { findProgram } from '@windlass/testkit/find-program';
import { until } from '@windlass/testkit/until';

export const nginxConfiguration = (): string =>
  readFileSync(path.join(import.meta.dirname, '../../../../deploy/nginx.conf'), 'utf8');
export const hasNginx = (): boolean => findProgram('nginx') !== undefined;

export type Nginx = { url: string; /** Everything it has logged. */ logs(): string; stop(): Promise<void> };

/**
 * The shipped configuration as it is, but for addresses and files: one server on `port`, and logs where they can be
 * read.
 */
export async function startNginx(port: number): Promise<Nginx> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'windlass-nginx-'));
  const own = await findFreePort();
  const log = path.join(folder, 'all.log');
  const configuration = nginxConfiguration()
    .replace('server server-1:4000', `server 127.0.0.1:${port}`)
    .replace(/^\s*server server-2:4000.*$/m, '')
    .replace('listen 8080', `listen 127.0.0.1:${own}`)
    .replaceAll(/\/dev\/std(out|err)/g, log)
    .replace(
      'http {',
      ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].reduce(
        (text, kind) => `${text}\n  ${kind}_temp_path ${folder};`,
        'http {',
      ),
    );
  writeFileSync(path.join(folder, 'nginx.conf'), configuration);
  const nginx = spawn(
    findProgram('nginx')!,
    ['-p', folder, '-e', log, '-c', path.join(folder, 'nginx.conf'), '-g', `daemon off; pid ${folder}/pid;`],
    { stdio: 'inherit' },
  );
  const url = `http://127.0.0.1:${own}`;
  await until('nginx', () =>
    fetch(`${url}/metrics`).then(
      () => true,
      () => false,
    ),
  );
  return {
    url,
    logs: () => readFileSync(log, 'utf8'),
    async stop() {
      nginx.kill('SIGTERM');
      await once(nginx, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
