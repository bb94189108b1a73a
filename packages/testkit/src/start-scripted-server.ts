import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export type ScriptedServer = {
  url: string;
  /** Every line either side has put on the wire, in order, body lines included. */
  wire: string[];
  close: () => Promise<void>;
};

/**
 * A byte-level SMTP server: `answer` returns what to say to one line (null: nothing). It exists to see what is on the
 * wire at a given moment, which a full server's handlers hide.
 */
export async function startScriptedServer(
  answer: (line: string, socket: Socket) => string | null,
  greeting = '220 test',
): Promise<ScriptedServer> {
  const wire: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const say = (line: string) => {
      wire.push(`S: ${line}`);
      socket.write(`${line}\r\n`);
    };
    let rest = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        wire.push(`C: ${line}`);
        const said = answer(line, socket);
        if (said !== null) say(said);
      }
    });
    if (greeting !== '') say(greeting);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    wire,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers as a plain server does; a message is taken at its dot. Spread over it to change single commands. */
export function plainAnswers(changes: Record<string, string | null> = {}): (line: string) => string | null {
  let inData = false;
  return (line) => {
    if (inData) {
      if (line !== '.') return null;
      inData = false;
      return '.' in changes ? (changes['.'] ?? null) : '250 2.0.0 taken';
    }
    const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? '';
    const said = verb in changes ? (changes[verb] ?? null) : verb === 'DATA' ? '354 go on' : '250 2.0.0 ok';
    inData = verb === 'DATA' && said !== null && said.startsWith('354');
    return said;
  };
}
