import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

export type ConnectionCount = { opened: () => number; stop: () => void };

/** Counts every TCP connection this process accepts on a port, whoever listens there. */
export function countConnections(port: number): ConnectionCount {
  let opened = 0;
  const onSocket = (message: unknown) => {
    if ((message as { socket: Socket }).socket.localPort === port) opened += 1;
  };
  subscribe('net.server.socket', onSocket);
  return { opened: () => opened, stop: () => void unsubscribe('net.server.socket', onSocket) };
}
