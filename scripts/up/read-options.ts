import path from 'node:path';
import { StartFailure } from '../../packages/db/src/start-failure.ts';

/** A port and the variable that moves it. */
export type Port = { variable: string; port: number };

export type Options = {
  root: string;
  /** absolute; holds everything a start writes */
  data: string;
  /** pages from vite, programs restarted when their files change */
  dev: boolean;
  /** no demo shop */
  empty: boolean;
  /** the data is a backup's: messages are held until an admin releases them */
  restored: boolean;
  /** whether the outside world is played here: only where the user named no mail server */
  sandbox: boolean;
  ports: { server: Port; metrics: Port; sandbox: Port; smtp: Port; pages: Port };
};

const FLAGS = ['--dev', '--empty', '--restored'];

/**
 * What the command line and the environment ask for. Throws a StartFailure on an unknown word or a port that is none.
 */
export function readOptions(root: string, words: string[], env: NodeJS.ProcessEnv): Options {
  const unknown = words.find((word) => !FLAGS.includes(word));
  if (unknown) throw new StartFailure(`There is no option ${unknown}: npm start takes -- ${FLAGS.join(', ')}.`);
  const server = readPort(env, 'PORT', 4000);
  const sandbox = readPort(env, 'SANDBOX_PORT', 4100);
  return {
    root,
    data: path.resolve(root, env.WINDLASS_DATA || '.data'),
    dev: words.includes('--dev'),
    empty: words.includes('--empty'),
    restored: words.includes('--restored'),
    sandbox: !env.SMTP_URL,
    ports: {
      server,
      metrics: readPort(env, 'WORKER_METRICS_PORT', server.port + 1),
      sandbox,
      smtp: readPort(env, 'SANDBOX_SMTP_PORT', sandbox.port + 25),
      pages: readPort(env, 'DEV_PORT', 4173),
    },
  };
}

function readPort(env: NodeJS.ProcessEnv, variable: string, fallback: number): Port {
  const text = env[variable] || String(fallback);
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartFailure(`${variable} is "${text}", which is no port: give a number from 1 to 65535.`);
  }
  return { variable, port };
}
