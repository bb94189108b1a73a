import type { Role } from '@windlass/auth/roles';
import type { IdPrefix } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import { z } from 'zod';

/** What a subject is called on a screen, and the address in the admin where it is seen. */
export const subjectLabel = z.object({ label: z.string(), to: z.string() });
export type SubjectLabel = z.infer<typeof subjectLabel>;

/** A subject beside what serves it. */
export const labelledSubject = subjectLabel.extend({ id: z.string() });
export type LabelledSubject = z.infer<typeof labelledSubject>;

/**
 * One statement over the owner's own tables, for all the ids at once. Ids whose row is gone or is another shop's are
 * left out of the answer.
 */
export type LookUp<Found> = (sql: Sql, shopId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, Found>>;

/**
 * How subjects of one kind are shown: by labels of their own (`labelsOf`), or as another subject (`shownAs`: its id),
 * as an artwork is as its order. A capability with several kinds gives them one function, which is then asked once.
 */
export type SubjectKind = {
  /** Who sees them; left out: everybody of the shop. */
  role?: Role;
} & ({ labelsOf: LookUp<SubjectLabel>; shownAs?: undefined } | { shownAs: LookUp<string>; labelsOf?: undefined });

/** What a capability declares, by the prefix of the ids. */
export type SubjectKinds = Readonly<Partial<Record<IdPrefix, SubjectKind>>>;
