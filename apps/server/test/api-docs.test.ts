import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { openVisitor, type Visitor } from '@windlass/testkit/house/visitor';

let house: House;
let nobody: Visitor;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  nobody = openVisitor(() => house.server.url);
});
afterAll(() => house.close());

type Schema = {
  type?: string;
  required?: string[];
  properties?: Record<string, object>;
  additionalProperties?: boolean;
};
type Operation = {
  security: Record<string, string[]>[];
  parameters: { name: string; in: string; required?: boolean }[];
  requestBody: { required: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content: Record<string, { schema: Schema }> }>;
};
type Document = {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: Record<string, { type: string; scheme: string }> };
};

const readDocument = async () => JSON.parse((await nobody.get('/api/openapi.json')).text) as Document;

test('the OpenAPI document describes POST /orders with its body, its headers and every answer', async () => {
  const document = await readDocument();
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.servers).toEqual([{ url: '/api/v1' }]);
  expect(Object.keys(document.paths)).toEqual(['/orders']);
  const post = document.paths['/orders']!.post!;
  expect(post.parameters).toContainEqual(
    expect.objectContaining({ in: 'header', name: 'idempotency-key', required: true }),
  );
  expect(post.security).toEqual([{ apiKey: [] }]);
  expect(document.components.securitySchemes.apiKey).toMatchObject({ type: 'http', scheme: 'bearer' });
  const body = post.requestBody.content['application/json']!.schema;
  expect(body).toMatchObject({ type: 'object', additionalProperties: false });
  expect(body.required!.toSorted()).toEqual(['currency', 'customer', 'lines']);
  expect(Object.keys(post.responses)).toEqual(['201', '400', '401', '409', '413', '422', '429', '503']);
  for (const response of Object.values(post.responses)) {
    expect(response.description).not.toBe('');
    expect(response.content['application/json']!.schema.type).toBe('object');
  }
});

test('every reference inside the OpenAPI document leads somewhere', async () => {
  const document = await readDocument();
  for (const [, pointer] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = pointer!
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
    expect(target, pointer).toBeDefined();
  }
});

test('the page of the API loads its script and style from our own origin, and nothing from elsewhere', async () => {
  const page = await nobody.get('/api/docs');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain(`default-src 'self'`);
  const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!);
  expect(files).toHaveLength(3);
  expect(page.text).not.toMatch(/<script>/); // the policy would refuse an inline one
  for (const file of files) {
    expect(file).toMatch(/^\/api\/docs\//);
    const answer = await nobody.get(file);
    expect([file, answer.status]).toEqual([file, 200]);
    expect(answer.headers.get('content-type')).toMatch(
      file.endsWith('.css') ? /^text\/css/ : /^(text|application)\/javascript/,
    );
    expect(answer.text.length).toBeGreaterThan(50);
  }
});

test.each([
  '/api/docs/files/../../package.json',
  '/api/docs/files/..%2f..%2fpackage.json',
  '/api/docs/files/package.json',
  '/api/docs/files/swagger-ui.css.map',
])('%s serves no other file', async (path) => expect((await nobody.get(path)).status).toBe(404));
