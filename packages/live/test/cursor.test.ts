import { openDatabase } from '@windlass/db/open-database';
import { createTestDatabase } from '@windlass/db/testing';
import { seededRandom } from '@windlass/testkit/seeded-random';
import { expect, test } from 'vitest';
import { type Cursor, formatCursor, parseCursor } from '../src/cursor.ts';

const cursors: Cursor[] = [
  { from: '1:1:', to: '1:1:', seq: 0, at: 0 },
  { from: '740:740:', to: '741:745:741,743', seq: 12, at: 1_790_000_000_000 },
  {
    from: '10:20:10,11,19',
    to: '9223372036854775807:9223372036854775807:',
    seq: Number.MAX_SAFE_INTEGER,
    at: 999_999_999_999,
  },
];

test.each(cursors)('a place survives its journey: $to', (cursor) => {
  expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
});

const GARBAGE = [
  '',
  ' ',
  '0',
  '12',
  '-1',
  'null',
  '~~~',
  '1:1:~1:1:~0',
  '1:1:~1:1:~0~',
  '1:1:~1:1:~~0',
  '1:1:~1:1:~0~0~0',
  ' 1:1:~1:1:~0~0',
  '1:1:~1:1:~0~0\n',
  '0:0:~1:1:~0~0',
  '2:1:~1:1:~0~0',
  '1:1:1~1:1:~0~0',
  '1:5:6~1:1:~0~0',
  '1:5:3,2~1:1:~0~0',
  '1:5:2,2~1:1:~0~0',
  '1:5:2,~1:1:~0~0',
  '1:5:,2~1:1:~0~0',
  '5:9:4~1:1:~0~0',
  '-1:1:~1:1:~0~0',
  '1.5:2:~1:1:~0~0',
  '1e3:2e3:~1:1:~0~0',
  '١:١:~1:1:~0~0',
  '1:1:~1:1:~1.5~0',
  '1:1:~1:1:~-1~0',
  '99999999999999999999:99999999999999999999:~1:1:~0~0',
  '9223372036854775808:9223372036854775808:~1:1:~0~0',
  `1:1:~1:1:~99999999999999999~0`,
  `1:5:${'2,'.repeat(3_000)}2~1:1:~0~0`,
  '1:1:~1:1:~0~0; drop table event',
  `1:1:~1:1:~0~0\0`,
  '1:1:~1:1:~NaN~0',
];

test('what is no place of ours is none', () => {
  expect(GARBAGE.filter((text) => parseCursor(text) !== undefined)).toEqual([]);
});

test('whatever is taken for a place, PostgreSQL takes for snapshots and numbers', async () => {
  const random = seededRandom(13);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const alphabet = [...'0123456789:,~', ':', ',', '9223372036854775808', '18446744073709551615', '0', ''];
  const mutated = () => {
    const parts = [...formatCursor(pick(cursors))];
    for (let i = 0; i <= random() * 3; i += 1)
      parts.splice(Math.floor(random() * parts.length), Math.floor(random() * 2), pick(alphabet));
    return parts.join('');
  };
  const texts = Array.from({ length: 20_000 }, mutated);
  const taken = texts.flatMap((text) => parseCursor(text) ?? []);
  expect(taken.length).toBeGreaterThan(500);
  expect(taken.length).toBeLessThan(texts.length);

  const own = await createTestDatabase();
  const database = openDatabase({ url: own.url, poolSize: 1, applicationName: 'cursor test', report: () => {} });
  try {
    const rows = await database.sql.rows<{ n: number }>(
      'as-postgres-reads-them',
      `select count(*)::int as n from unnest($1::text[], $2::text[], $3::text[]) c(f, t, seq)
       where pg_snapshot_xmax(f::pg_snapshot) is not null and pg_snapshot_xmax(t::pg_snapshot) is not null and seq::bigint >= 0`,
      [taken.map(({ from }) => from), taken.map(({ to }) => to), taken.map(({ seq }) => String(seq))],
    );
    expect(rows).toEqual([{ n: taken.length }]);
  } finally {
    await database.close();
    await own.drop();
  }
});
