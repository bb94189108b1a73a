import { mayActAs } from '@windlass/auth/roles';
import type { SignedInContext } from './server-context.ts';
import type { LabelledSubject, LookUp, SubjectKind } from './subject.ts';

/**
 * Labels of subjects by their ids, as this person may see them, by at most one statement of each capability whose
 * subjects are among them. What no capability declares, or its owner does not find, has none; null: no subject.
 */
export async function labelSubjects(
  ctx: Pick<SignedInContext, 'services' | 'person'>,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, LabelledSubject>> {
  const { services, person } = ctx;
  const ask = async <Found>(
    some: Iterable<string>,
    lookUpOf: (kind: SubjectKind) => LookUp<Found> | undefined,
  ): Promise<ReadonlyMap<string, Found>> => {
    const asked = Map.groupBy(new Set(some), (id) => {
      const kind = services.subjects.get(id.slice(0, id.lastIndexOf('_')));
      return kind && mayActAs(person.role, kind.role ?? 'viewer') ? lookUpOf(kind) : undefined;
    });
    const found = [...asked].map(([lookUp, own]) => lookUp?.(services.database.sql, person.shopId, own) ?? []);
    return new Map((await Promise.all(found)).flatMap((answer) => [...answer]));
  };

  const wanted = ids.filter((id) => id !== null);
  const shownAs = await ask(wanted, (kind) => kind.shownAs);
  const as = (id: string) => shownAs.get(id) ?? id;
  const labels = await ask(wanted.map(as), (kind) => kind.labelsOf);
  return new Map(
    wanted.flatMap((id) => {
      const label = labels.get(as(id));
      return label ? [[id, { id, ...label }] as const] : [];
    }),
  );
}
