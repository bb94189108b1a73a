import { expect, test } from 'vitest';
import type { Composer } from './compose-message.ts';
import { gatherComposers } from './gather-composers.ts';

const written = (id: string) => ({ fromName: 'Shop', fromAddress: 'shop@example.com', html: id, text: id });

test('messages of one moment are written together, and each gets its own', async () => {
  const asked: string[][] = [];
  const compose: Composer = async (deliveries) => {
    asked.push(deliveries.map(({ id }) => id));
    return deliveries.map(({ id }) => written(id));
  };
  const composers = gatherComposers({ proof: compose });
  const ids = ['dlv_1', 'dlv_2', 'dlv_3'];
  const messages = await Promise.all(ids.map((id) => composers.proof!({ id, orderId: 'ord_1' })));
  expect(messages).toEqual(ids.map(written));
  expect(asked).toEqual([ids]);
});

test('one that cannot be written fails alone', async () => {
  const compose: Composer = async (deliveries) => {
    if (deliveries.some(({ id }) => id === 'dlv_bad')) throw new Error('its order is gone');
    return deliveries.map(({ id }) => written(id));
  };
  const composers = gatherComposers({ proof: compose });
  const ends = await Promise.allSettled(
    ['dlv_1', 'dlv_bad', 'dlv_2'].map((id) => composers.proof!({ id, orderId: 'ord_1' })),
  );
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
