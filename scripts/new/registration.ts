import fs from 'node:fs';
import path from 'node:path';

/** The programs, in whose `plugs.ts` a capability is named, and what its plug is called there. */
const PROGRAMS = {
  server: 'serverPlug',
  worker: 'workerPlug',
  admin: 'adminPlug',
  portal: 'portalPlug',
  sandbox: 'sandboxPlug',
};

const NAMES = 'packages/capabilities/names.ts';
const plugsOf = (program: string) => `apps/${program}/src/plugs.ts`;
/** What a plug is imported by, e.g. `@windlass/capabilities/orders/server-plug`. */
const importOf = (name: string, program: string, plug: string) =>
  `import { ${plug} as ${name} } from '@windlass/capabilities/${name}/${program}-plug';`;

/** The files that name every capability: all that is touched outside a capability's own folder and Prisma file. */
export const REGISTERED_IN: readonly string[] = [NAMES, ...Object.keys(PROGRAMS).map(plugsOf)];

/** The names of the house, in their order. */
export function readNames(root: string): string[] {
  const list = /capabilityNames = \[([^\]]*)\]/.exec(fs.readFileSync(path.join(root, NAMES), 'utf8'))![1]!;
  return [...list.matchAll(/'([a-z]+)'/g)].map(([, name]) => name!);
}

/** Names the capability in all six. */
export function register(root: string, name: string): void {
  edit(root, NAMES, (text) => relist(text, NAME_LIST, (names) => [...names, `'${name}'`]));
  for (const [program, plug] of Object.entries(PROGRAMS)) {
    edit(root, plugsOf(program), (text) =>
      afterLastImport(
        relist(text, PLUG_LIST, (names) => [...names, name]),
        importOf(name, program, plug),
      ),
    );
  }
}

/** Takes it out of all six again. */
export function unregister(root: string, name: string): void {
  edit(root, NAMES, (text) => relist(text, NAME_LIST, (names) => names.filter((one) => one !== `'${name}'`)));
  for (const [program, plug] of Object.entries(PROGRAMS)) {
    edit(root, plugsOf(program), (text) =>
      relist(text, PLUG_LIST, (names) => names.filter((one) => one !== name)).replace(
        `${importOf(name, program, plug)}\n`,
        '',
      ),
    );
  }
}

const NAME_LIST = /(?<=capabilityNames = \[)[^\]]*(?=\])/;
const PLUG_LIST = /(?<=const plugs = \{)[^}]*(?=\})/;

const afterLastImport = (text: string, line: string): string =>
  text.replace(/(?<=[\s\S]*\nimport [^\n]*\n)(?!import )/, `${line}\n`);

/** On one line: the formatter breaks what is too long. */
const relist = (text: string, list: RegExp, change: (names: string[]) => string[]): string =>
  text.replace(list, (names) => {
    const changed = change(
      names
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    ).join(', ');
    return list === PLUG_LIST ? ` ${changed} ` : changed;
  });

/** Throws where a file does not read as it did when this was written: nothing is left half registered in silence. */
function edit(root: string, file: string, change: (text: string) => string): void {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`${file} does not read as expected: see scripts/new/registration.ts.`);
  fs.writeFileSync(path.join(root, file), changed);
}
