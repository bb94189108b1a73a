import fc from 'fast-check';

type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
};

/** Text nobody means well with: for PostgreSQL, for JSON, for logs, for a search, for a page. */
const texts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'line\r\nBcc: x@y.test',
  "'; drop table customer_order; --",
  '%',
  '_',
  '\\',
  '{{constructor}}',
  '__proto__',
  '<script>',
  '=1+1',
  '\u202eabc',
  '💥'.repeat(100),
  'x'.repeat(5_000),
  'ord_01jd0000000000000000000000',
  'NaN',
  'null',
  '2026-13-45T99:99:99Z',
  'someone@example.com',
  'a long enough password',
  '00000000-0000-4000-8000-000000000000',
];
const text = fc.oneof(
  fc.constantFrom(...texts),
  fc.string({ maxLength: 40 }),
  fc.string({ maxLength: 40, unit: 'binary' }),
);
const number = fc.oneof(
  fc.integer(),
  fc.constantFrom(0, -1, 1.5, 1e308, -1e308, 2 ** 53 + 2, 2 ** 31, 2 ** 63, Number.MIN_VALUE),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Anything that JSON can say. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(text, number, fc.boolean(), fc.constant(null)) },
  { weight: 2, arbitrary: fc.array(fc.oneof(text, number), { maxLength: 4 }) },
  {
    weight: 2,
    arbitrary: fc.dictionary(
      fc.oneof(text, fc.constantFrom('id', '__proto__', 'constructor')),
      fc.oneof(text, number, fc.boolean()),
      { maxKeys: 4 },
    ),
  },
  { weight: 1, arbitrary: fc.constant(JSON.parse('['.repeat(300) + ']'.repeat(300))) },
);

/**
 * Mostly what a schema asks for, so that calls come through to the database, and now and then something else in its
 * place.
 */
export function likeSchema(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: bySchema(schema) }, { weight: 1, arbitrary: anyJson });
}

function bySchema(schema: Schema): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(likeSchema));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum)
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...schema.enum) }, { weight: 1, arbitrary: text });
  switch (schema.type) {
    case 'string':
      return text;
    case 'number':
    case 'integer':
      return fc.oneof(number, fc.integer({ min: 1, max: 100 }));
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(likeSchema(schema.items ?? {}), { maxLength: 5 });
    case 'object':
      return byProperties(schema);
    default:
      return anyJson;
  }
}

function byProperties({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const known = fc.record(
    Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, likeSchema(value)])),
    { requiredKeys: required },
  );
  const stray = fc.oneof(
    { weight: 9, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        { shopId: 'other' },
        { role: 'admin' },
        JSON.parse('{"__proto__": {"role": "admin"}}'),
      ),
    },
  );
  return fc.tuple(known, stray).map(([object, more]) => ({ ...(object as object), ...(more as object) }));
}
