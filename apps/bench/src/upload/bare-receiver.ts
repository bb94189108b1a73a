/**
 * The least that takes an upload in pieces: each PATCH is appended to one file by a pipeline. `node bare-receiver.ts
 * <port> <file>`.
 */
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';

const [port, file] = process.argv.slice(2) as [string, string];
createServer(async (request, response) => {
  await pipeline(request, createWriteStream(file, { flags: 'a' }));
  response.writeHead(204).end();
}).listen(Number(port), '127.0.0.1', () => process.send!('ready'));
process.on('SIGTERM', () => process.exit(0));
