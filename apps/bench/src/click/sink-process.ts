import net from 'node:net';
import { nowMs } from '../measure/clock.ts';

// A mail server that takes everything and keeps nothing, 1 ms after the dot. It tells its parent of each message: to
// whom, and when it said 250. By hand and not on a library, because it shares two cores with what it measures.
const AFTER_DOT_MS = 1;

const server = net.createServer((socket) => {
  let recipient = '';
  let inMessage = false;
  let rest = '';
  const say = (line: string) => socket.write(`${line}\r\n`);
  const accept = () => {
    say('250 2.0.0 taken');
    process.send!({ kind: 'accepted', recipient, at: nowMs() });
  };
  const hear = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') say('250-bench\r\n250-8BITMIME\r\n250 SMTPUTF8');
    else if (verb === 'DATA') say('354 go on');
    else if (verb === 'QUIT') socket.end('221 bye\r\n');
    else say('250 ok');
    if (verb === 'RCPT') recipient = /<([^>]*)>/.exec(line)?.[1] ?? '';
    inMessage = verb === 'DATA';
  };
  socket.setNoDelay(true);
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (text: string) => {
    rest += text;
    for (;;) {
      const end = rest.indexOf(inMessage ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const piece = rest.slice(0, end);
      rest = rest.slice(end + (inMessage ? 5 : 2));
      if (inMessage) {
        inMessage = false;
        setTimeout(accept, AFTER_DOT_MS);
      } else hear(piece);
    }
  });
  say('220 bench ESMTP');
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.send!('ready'));
process.on('SIGTERM', () => process.exit(0));
