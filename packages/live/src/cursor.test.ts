import { expect, test } from 'vitest';
import { formatCursor, parseCursor } from './cursor.ts';

test('a cursor survives its journey as text', () => {
  const cursor = { from: '10:20:11,15', to: '20:25:21', seq: 42, at: 1_700_000_000 };
  expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
});

test.each(['', '~', '1:2:~1:2:~1', 'a:b:~1:2:~1~1', '1:2:3~1:2:~1~1', '5:2:~1:2:~1~1', '1:9:8,8~1:2:~1~1', '1:9:8,7~1:2:~1~1', '0:1:~1:2:~1~1', `1:2:~1:2:~${'9'.repeat(17)}~1`, "1:2:'~1:2:~1~1", '1:2:,~1:2:~1~1'])(
  '%j is not taken for a cursor',
  (text) => expect(parseCursor(text)).toBeUndefined(),
);
