import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostileRequest } from '../requests/hostile-request.ts';

const STATUS = /^HTTP\/1\.1 (\d{3})/;

export type HostileAnswer = { /** undefined: none came, or none was fetched */ status: number | undefined; ms: number };

/**
 * Sends one as it is, byte for byte, and leaves with the first answer or when its time is over. Never fails: to be hung
 * up on is an answer.
 */
export async function sendHostileRequest(port: number, request: HostileRequest): Promise<HostileAnswer> {
  const begun = performance.now();
  const socket = connect({ port, host: '127.0.0.1' });
  let status: number | undefined;
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      over = true;
      resolve();
    };
    socket.on('error', end).on('close', end);
    if (request.reads) {
      socket.on('data', (bytes: Buffer) => {
        status ??= Number(STATUS.exec(bytes.toString('latin1', 0, 12))?.[1]) || undefined;
        end();
      });
    } else {
      socket.pause();
    }
    setTimeout(end, request.holdMs).unref();
  });
  const sending = (async () => {
    for (const piece of request.pieces) {
      if (over) return;
      if (!socket.write(piece)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), ended]);
      if (request.gapMs > 0) await sleep(request.gapMs);
    }
  })();
  await ended;
  const ms = Math.round((performance.now() - begun) * 10) / 10;
  socket.destroy();
  await sending;
  return { status, ms };
}
