import { type Downloaded, type Entry, figureOf, only } from '../entry.ts';
import { atLeast, atMost, none, told, type Verdict } from '../verdict.ts';

/**
 * What a store is owed that dies, fills up or turns read-only: whole objects or none, and an honest word about which.
 */
export function checkStorage(entries: readonly Entry[]): Verdict[] {
  const puts = only(entries, 'put');
  const seen = only(entries, 'seen');
  const whole = new Set(seen.filter((line) => line.whole).map(({ key }) => key));
  const stored = puts.filter(({ outcome }) => outcome === 'stored');
  const refused = puts.filter(({ outcome }) => outcome !== 'stored');
  const refusedIn = (part: string, code: string) =>
    refused.filter((line) => line.part === part && line.outcome === code).length;
  const visible = new Set(seen.map(({ key }) => key));
  const downloads = only(entries, 'downloaded');
  const readOnlyWasTried = figureOf(entries, 'read-only') !== 0;
  const ofPart = (part: string) => downloads.filter((line) => line.part === part);
  const statuses = (part: string, is: (line: Downloaded) => boolean) =>
    ofPart(part)
      .filter(is)
      .map(({ status }) => String(status));
  const misnamed = refused.filter(({ part, outcome }) => outcome !== WORDS[part]);
  return [
    none(
      'objects seen in part',
      seen.filter((line) => !line.whole).map(({ key }) => key),
    ),
    none(
      'objects called stored that are not there',
      stored.filter(({ key }) => !whole.has(key)).map(({ key }) => key),
    ),
    none(
      'objects refused that are there',
      refused.filter(({ key }) => visible.has(key)).map(({ key }) => key),
    ),
    none(
      'refusals under another name',
      misnamed.map(({ key, outcome }) => `${key} ${outcome}`),
    ),
    atLeast('refusals by a full disk', refusedIn('full', 'FULL'), 1),
    readOnlyWasTried
      ? atLeast('refusals by a read-only folder', refusedIn('read-only', 'READ_ONLY'), 1)
      : told('refusals by a read-only folder', 'not tried: root without mount'),
    atMost(ORPHANS, figureOf(entries, ORPHANS), 0),
    none(
      'downloads from a store that lost the file, not answered 503',
      statuses('lost', ({ status }) => status !== 503),
    ),
    none(
      'failed downloads that were counted',
      statuses('lost', ({ counted }) => counted > 0),
    ),
    none(
      'downloads that do not work once it is back',
      statuses('back', ({ status, counted }) => status !== 200 || counted !== 1),
    ),
    atLeast('downloads tried', Math.min(ofPart('lost').length, ofPart('back').length), 1),
  ];
}

export const ORPHANS = 'orphans left by kills, 10 minutes later';

/** The store's word for each part's trouble; while writers are killed the disk is small all the same. */
const WORDS: Readonly<Record<string, string>> = { killed: 'FULL', full: 'FULL', 'read-only': 'READ_ONLY' };
