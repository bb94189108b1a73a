import fs from 'node:fs';
import path from 'node:path';

/**
 * One import of one file by another, both by their paths from the root. `typeOnly`: nothing of it is there at run time.
 */
export type Import = { from: string; to: string; typeOnly: boolean };

const CAPABILITIES = 'packages/capabilities';
const APPS = ['server', 'worker', 'admin', 'portal', 'sandbox'];

/** What another capability may be reached through, by what is reached. */
const ENTRIES: readonly { entry: RegExp; for: RegExp; typeOnly?: true }[] = [
  // Its words and pure decisions: for everybody.
  { entry: /^(contract|rules|intake-contract)\.ts$/, for: /./ },
  // What may be done there, in the caller's transaction: for what runs on our side.
  { entry: /^operations\.ts$/, for: /^(server|worker|messages)\/|^[a-z-]+\.ts$/ },
  // What it shows, for screens; and how its procedures are called.
  { entry: /^parts\//, for: /^(admin|parts|portal)\// },
  { entry: /^server\/router\.ts$/, for: /^(admin|parts)\//, typeOnly: true },
  // What its demo holds, for other demos.
  { entry: /^seed\//, for: /^seed\// },
];
/** What every capability has, so that whoever knows one finds everything in the next. */
const SHAPE = ['README.md', 'contract.ts', 'server/plug.ts', 'server/router.ts', 'worker/plug.ts', 'admin/plug.tsx'];

/** Everything that stands against the walls between capabilities, each with what to do. */
export function checkCapabilityWalls(imports: readonly Import[], names: readonly string[]): string[] {
  const faults: string[] = [];
  const capabilityOf = (file: string) => names.find((name) => file.startsWith(`${CAPABILITIES}/${name}/`));
  const within = (file: string, name: string) => file.slice(`${CAPABILITIES}/${name}/`.length);
  for (const { from, to, typeOnly } of imports) {
    const [mine, theirs] = [capabilityOf(from), capabilityOf(to)];
    if (!theirs || mine === theirs) continue;
    if (from.startsWith(`${CAPABILITIES}/kit/`)) {
      faults.push(`${from} imports ${to}: kit serves all capabilities and knows none. Let a plug bring it.`);
    } else if (mine) {
      const place = within(from, mine);
      const allowed = ENTRIES.some(
        ({ entry, for: who, typeOnly: types }) =>
          entry.test(within(to, theirs)) && who.test(place) && (!types || typeOnly),
      );
      if (!allowed)
        faults.push(
          `${from} imports ${to}: reach ${theirs} through its operations.ts, contract.ts, rules.ts or parts/.`,
        );
    } else if (APPS.some((app) => from.startsWith(`apps/${app}/src/`)) && !typeOnly && !from.endsWith('/plugs.ts')) {
      faults.push(`${from} imports ${to}: a program knows no capability by name. Let ${theirs}’s plug bring it.`);
    }
  }
  return [...faults, ...findCircles(imports, { names, capabilityOf })];
}

type Folders = { names: readonly string[]; capabilityOf: (file: string) => string | undefined };

/** Capabilities whose operations need one another: neither could be left out, or understood, without the other. */
function findCircles(imports: readonly Import[], { names, capabilityOf }: Folders): string[] {
  const needs = new Map(names.map((name) => [name, new Set<string>()]));
  for (const { from, to, typeOnly } of imports) {
    const [mine, theirs] = [capabilityOf(from), capabilityOf(to)];
    if (mine && theirs && mine !== theirs && !typeOnly && to.endsWith('/operations.ts')) needs.get(mine)!.add(theirs);
  }
  const reaches = (start: string, goal: string, seen = new Set<string>()): boolean =>
    [...needs.get(start)!].some((next) => next === goal || (!seen.has(next) && reaches(next, goal, seen.add(next))));
  return names
    .filter((name) => reaches(name, name))
    .map((name) => `${name} needs operations of capabilities that need its own: move what both need to one of them.`);
}

/** Files that a capability lacks of what each has. */
export const missingFiles = (root: string, names: readonly string[]): string[] =>
  names.flatMap((name) =>
    SHAPE.map((file) => `${CAPABILITIES}/${name}/${file}`).filter((file) => !fs.existsSync(path.join(root, file))),
  );

const IMPORT = /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|\bimport\('([^']+)'\)/gm;

/** The imports of our own files that stand in a file, by their paths from the root. */
export function readImports(root: string, file: string): Import[] {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(IMPORT)].flatMap(([statement, type, named, lazy]) => {
    const to = resolve(file, (named ?? lazy)!);
    const allTypes = /\{([^}]*)\}/
      .exec(statement)?.[1]
      ?.split(',')
      .every((name) => /^\s*(type\s|$)/.test(name));
    return to ? [{ from: file, to, typeOnly: Boolean(type ?? allTypes) }] : [];
  });
}

/** By the names that packages/capabilities/package.json gives its files, or by the way from file to file. */
function resolve(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
  const [, inside] = /^@windlass\/capabilities\/(.+)$/.exec(specifier) ?? [];
  return inside && `${CAPABILITIES}/${inside}`;
}
