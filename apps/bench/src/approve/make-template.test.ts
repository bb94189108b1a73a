import { expect, test } from 'vitest';
import { createFrontendParser } from './parse-frontend.ts';
import { fillTemplate, makeTemplate } from './make-template.ts';

const say = (text: string, values: (string | null)[] = [], name = '') => ({ name, text, values });
const dlv = `dlv_${'0'.repeat(26)}`;

test('the wake and the hub are no part of an approval; what is unknown is', () => {
  const sent = [
    say('select session'),
    say('begin'),
    say('update'),
    say('commit'),
    say('select pg_notify($1, c)'),
    say('look', [], 'read-new-events'),
    say('new'),
  ];
  const template = makeTemplate(sent, 'ord_1');
  expect(template.before.map(({ text }) => text)).toEqual(['select session', 'new']);
  expect(template.transaction.map(({ text }) => text)).toEqual(['begin', 'update', 'commit']);
});

test('another order gets its own id everywhere, and new ids that agree with each other', () => {
  const sent = [
    say('begin'),
    say('a', ['ord_1', `ord_1:v2`, null]),
    say('b', [dlv]),
    say('c', [`{"deliveryId":"${dlv}"}`]),
    say('commit'),
  ];
  const { transaction } = fillTemplate(makeTemplate(sent, 'ord_1'), 'ord_2');
  expect(transaction[1]!.values).toEqual(['ord_2', 'ord_2:v2', null]);
  const [made] = transaction[2]!.values;
  expect(made).toMatch(/^dlv_/);
  expect(made).not.toBe(dlv);
  expect(transaction[3]!.values).toEqual([`{"deliveryId":"${made}"}`]);
});

test('statements are read off the wire, however the bytes are cut', () => {
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, body]);
  };
  const bind = Buffer.concat([
    Buffer.from('\0find\0'),
    Buffer.from([0, 0, 0, 2, 0, 0, 0, 1]),
    Buffer.from('7'),
    Buffer.from([255, 255, 255, 255, 0, 0]),
  ]);
  const bytes = Buffer.concat([
    message('', Buffer.from('startup')),
    message('Q', Buffer.from('begin\0')),
    message('P', Buffer.from('find\0select $1\0\0\0')),
    message('B', bind),
    message('B', bind),
  ]);
  const parse = createFrontendParser();
  const found = [...bytes].flatMap((byte) => parse(Buffer.from([byte])));
  expect(found).toEqual([say('begin'), say('select $1', ['7', null], 'find'), say('select $1', ['7', null], 'find')]);
});
