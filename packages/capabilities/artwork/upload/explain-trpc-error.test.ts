import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explainTrpcError } from './explain-trpc-error.ts';
import { UploadHindered, UploadRefused } from './upload-calls.ts';

let answer: { status: number; body: string };
const server = createServer(
  (_request, response) =>
    void response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body),
);
beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
afterAll(() => new Promise((closed) => server.close(closed)));

/** What finishing throws where the server answers this. */
async function thrownFor(status: number, body: object | string): Promise<unknown> {
  answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
  const client = createTRPCClient<AnyTRPCRouter>({
    links: [httpBatchLink({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })],
  });
  const finish = client['artwork'] as unknown as { finishUpload: { mutate: (input: object) => Promise<unknown> } };
  return finish.finishUpload.mutate({}).then(() => undefined, explainTrpcError);
}
const byTrpc = (code: string, message = 'A sentence.') => [
  { error: { message, code: -32603, data: { code, message, requestId: 'req_1' } } },
];

test('what passes, or a person sees to, is tried again; what the server has decided is not', async () => {
  for (const code of ['BUSY', 'STORAGE_AWAY', 'STORAGE_FULL', 'INCOMPLETE', 'SIGN_IN']) {
    const thrown = await thrownFor(500, byTrpc(code));
    expect([thrown instanceof UploadHindered, (thrown as Error).message], code).toEqual([true, 'A sentence.']);
  }
  for (const code of ['NOT_FOUND', 'NOT_ARTWORK', 'REPLACED_ALREADY']) {
    const thrown = await thrownFor(404, byTrpc(code));
    expect([thrown instanceof UploadRefused, (thrown as UploadRefused).code]).toEqual([true, code]);
  }
});

test('a fault of ours comes with the request id that its sentence asks for', async () => {
  expect(await thrownFor(500, byTrpc('INTERNAL', 'Tell us the request id.'))).toMatchObject({
    message: 'Tell us the request id. It is req_1.',
  });
});

test('a server too busy for tRPC is heard in its own words; what is no answer of ours is a broken line', async () => {
  const busy = await thrownFor(503, {
    error: { code: 'BUSY', message: 'We are too busy just now. Try again in a second.', requestId: 'req_1' },
  });
  expect([busy instanceof UploadHindered, (busy as Error).message]).toEqual([
    true,
    'We are too busy just now. Try again in a second.',
  ]);
  const strange = await thrownFor(502, '<html>502 Bad Gateway</html>');
  expect([strange instanceof UploadHindered, strange instanceof UploadRefused, strange instanceof Error]).toEqual([
    false,
    false,
    true,
  ]);
});
