import { afterAll, beforeAll, expect, test } from 'vitest';
import { GiveUp } from '../src/jobs/errors.ts';
import { defineTestJob, handle } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import { openWorld, type World } from './open-world.ts';

const partial = defineTestJob('partial');
const garbled = defineTestJob('garbled');
const sound = defineTestJob('sound');
const unknown = defineTestJob('unknown');

describeOnEachEngine((kind) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(kind);
    await world.startWorker([
      handle(partial, async (context) => {
        context.skipPart('qr-code', 'the code could not be drawn');
        context.skipPart('image 3 of 10', 'too large');
      }),
      handle(garbled, async () => {
        const reply = '550 \0 \ud83d no such person';
        throw new GiveUp({ code: 'REFUSED', message: reply, sentence: reply, hint: 'Mend the address.' });
      }),
      handle(sound, async () => {}),
    ]);
  });
  afterAll(async () => {
    await world.close();
    expect(world.errors.map(({ stack }) => stack)).toEqual([]);
  });

  test('a job that left parts out ends degraded and lists them', async () => {
    const id = await world.enqueue(partial);
    expect(await world.until(id, 'degraded', 'succeeded')).toBe('degraded');
    const [row] = await world.database.sql.rows(
      'missing',
      'select missing, progress, error_code from job where id = $1',
      [id],
    );
    expect(row).toEqual({
      missing: [
        { part: 'qr-code', reason: 'the code could not be drawn' },
        { part: 'image 3 of 10', reason: 'too large' },
      ],
      progress: 1,
      error_code: null,
    });
  });

  test('a failure PostgreSQL cannot store as it is ends its job all the same, and holds back no neighbour', async () => {
    const ids = await Promise.all([garbled, sound, sound, sound, garbled].map((job) => world.enqueue(job)));
    const states = await Promise.all(ids.map((id) => world.until(id, 'succeeded', 'failed')));
    expect(states).toEqual(['failed', 'succeeded', 'succeeded', 'succeeded', 'failed']);
    const [row] = await world.database.sql.rows('garbled', 'select error_message as m from job where id = $1', [
      ids[0],
    ]);
    expect(row).toEqual({ m: '550 \ufffd \ufffd no such person' });
  });

  test('a job nobody has a handler for waits without spending a try, and says why', async () => {
    const id = await world.enqueue(unknown);
    await world.until(id, 'retrying');
    const [row] = await world.database.sql.rows(
      'why',
      'select failures, crashes, error_code as code from job where id = $1',
      [id],
    );
    expect(row).toEqual({ failures: 0, crashes: 0, code: 'NO_HANDLER' });
  });
});
