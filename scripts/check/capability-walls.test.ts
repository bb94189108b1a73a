import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { capabilityNames } from '../../packages/capabilities/names.ts';
import { checkCapabilityWalls, type Import, missingFiles, readImports } from './capability-walls.ts';

const root = path.join(import.meta.dirname, '..', '..');
const files = ['apps', 'packages/capabilities']
  .flatMap((folder) =>
    fs.globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: (name) => name.includes('node_modules') }),
  )
  .filter((file) => !/\.test\.tsx?$|\/(test|dist)\//.test(file));

test('a capability is reached through its doors alone, kit and the programs know none, and none needs one that needs it', () => {
  expect(files.length).toBeGreaterThan(500);
  const imports = files.flatMap((file) => readImports(root, file));
  expect(imports.filter(({ to }) => to.endsWith('/operations.ts')).length).toBeGreaterThan(20);
  expect(checkCapabilityWalls(imports, capabilityNames)).toEqual([]);
});

test('every capability has the same shape', () => {
  expect(missingFiles(root, capabilityNames)).toEqual([]);
});

const planted = (from: string, to: string, typeOnly = false): Import => ({
  from: from.replace(/^([a-z]+)\//, 'packages/capabilities/$1/'),
  to: to.replace(/^([a-z]+)\//, 'packages/capabilities/$1/'),
  typeOnly,
});

test.each<[string, Import, RegExp]>([
  ['kit that imports a capability', planted('kit/http.ts', 'orders/contract.ts'), /kit serves all/],
  ['a type is no excuse for kit', planted('kit/http.ts', 'orders/contract.ts', true), /kit serves all/],
  [
    'another’s file at its root',
    planted('deliveries/server/a.ts', 'artwork/picture-key.ts'),
    /operations\.ts, contract/,
  ],
  ['another’s server', planted('deliveries/server/a.ts', 'artwork/server/b.ts'), /reach artwork through/],
  ['another’s reader of files', planted('artwork/messages/a.ts', 'orders/csv/read-file.ts'), /reach orders through/],
  ['another’s operations in a screen', planted('orders/admin/a.tsx', 'artwork/operations.ts'), /reach artwork through/],
  [
    'another’s procedures, called as functions',
    planted('orders/admin/a.tsx', 'artwork/server/router.ts'),
    /reach artwork/,
  ],
  [
    'a program that knows one by name',
    { ...planted('', 'orders/operations.ts'), from: 'apps/server/src/main.ts' },
    /knows no capability/,
  ],
])('%s is found', (_what, plantedImport, expected) => {
  expect(checkCapabilityWalls([plantedImport], capabilityNames)).toEqual([expect.stringMatching(expected)]);
});

test('a circle is found, however long', () => {
  const round = [
    planted('orders/server/a.ts', 'approvals/operations.ts'),
    planted('approvals/server/a.ts', 'artwork/operations.ts'),
    planted('artwork/server/a.ts', 'orders/operations.ts'),
    planted('customers/server/a.ts', 'orders/operations.ts'),
  ];
  expect(checkCapabilityWalls(round, capabilityNames).map((fault) => fault.split(' ')[0])).toEqual([
    'orders',
    'approvals',
    'artwork',
  ]);
});
