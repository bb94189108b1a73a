import type { Person } from '@windlass/auth/principal';
import type { Role } from '@windlass/auth/roles';
import type { Sql } from '@windlass/db/sql';
import { expect, test } from 'vitest';
import { labelSubjects } from './label-subjects.ts';
import type { ServerServices } from './server-context.ts';
import type { SubjectKind } from './subject.ts';

/** Everything anybody was asked for, each call a list. */
function planted() {
  const asked: (readonly string[])[] = [];
  const labelsOf: SubjectKind['labelsOf'] = async (_sql, _shopId, ids) => {
    asked.push(ids);
    return new Map(ids.filter((id) => !id.endsWith('gone')).map((id) => [id, { label: id, to: `/${id}` }]));
  };
  const shownAs: SubjectKind['shownAs'] = async (_sql, _shopId, ids) => {
    asked.push(ids);
    return new Map(ids.filter((id) => id !== 'art_gone').map((id) => [id, id.replace('art', 'ord')]));
  };
  const database = { sql: {} as Sql };
  const subjects = new Map<string, SubjectKind>([
    ['ord', { labelsOf }],
    ['imp', { labelsOf, role: 'operator' }],
    ['art', { shownAs }],
  ]);
  const label = (ids: readonly (string | null)[], role: Role = 'operator') =>
    labelSubjects({ services: { subjects, database } as unknown as ServerServices, person: { role } as Person }, ids);
  return { asked, label };
}

test('each owner is asked once, for its own kinds and for what others are shown as', async () => {
  const { asked, label } = planted();
  const labels = await label(['ord_1', 'art_1', 'art_2', 'imp_1', 'ord_1', 'art_2']);
  expect(Object.fromEntries([...labels].map(([id, { to }]) => [id, to]))).toEqual({
    ord_1: '/ord_1',
    art_1: '/ord_1',
    art_2: '/ord_2',
    imp_1: '/imp_1',
  });
  expect(labels.get('art_2')).toEqual({ id: 'art_2', label: 'ord_2', to: '/ord_2' });
  expect(asked).toEqual([
    ['art_1', 'art_2'],
    ['ord_1', 'ord_2', 'imp_1'],
  ]);
});

test('what nobody declares, what is gone, what is of another role, and no subject have no label, and cost nothing', async () => {
  const { asked, label } = planted();
  expect(await label([null, 'era_1', 'constructor_1', 'ord', '', 'order_1'])).toEqual(new Map());
  expect(await label(['imp_1'], 'viewer')).toEqual(new Map());
  expect(asked).toEqual([]);
  expect(await label(['ord_gone', 'art_gone'])).toEqual(new Map());
});
