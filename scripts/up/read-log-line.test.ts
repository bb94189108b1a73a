import { expect, test } from 'vitest';
import { readLogLine } from './read-log-line.ts';

test('a log line is shown by its message and facts, an error by its message', () => {
  expect(readLogLine('{"level":"info","time":"t","name":"server","port":4000,"msg":"listening"}')).toBe(
    'listening port=4000',
  );
  expect(
    readLogLine(
      '{"level":"error","time":"t","name":"server","err":{"message":"refused","stack":"..."},"msg":"background error"}',
    ),
  ).toBe('error: background error (refused)');
});

test('debug lines are not shown, and a line that is not ours is shown as it is', () => {
  expect(readLogLine('{"level":"debug","msg":"request"}')).toBeUndefined();
  expect(readLogLine('sandbox ready')).toBe('sandbox ready');
  expect(readLogLine('{ not json')).toBe('{ not json');
});
