import { expect, it } from 'vitest';
import type { CapabilityName } from '../names.ts';
import { seedsInTurn, type Seed } from './demo-shop.ts';

const seed = (makes: string, ...after: CapabilityName[]): Seed => ({ makes, after, fill: async () => {} });

it('each part of the demo is made after those it needs', () => {
  const plugs = {
    orders: { seed: seed('orders', 'approvals') },
    artwork: { seed: seed('artwork', 'orders', 'deliveries') },
    approvals: { seed: seed('bundles') },
    deliveries: {},
  };
  expect(seedsInTurn(plugs).map(({ makes }) => makes)).toEqual(['bundles', 'orders', 'artwork']);
});

it('parts that wait for each other are named', () => {
  const plugs = { orders: { seed: seed('orders', 'approvals') }, approvals: { seed: seed('bundles', 'orders') } };
  expect(() => seedsInTurn(plugs)).toThrow('Seeds wait for each other: orders, approvals, orders.');
});
