import fs from 'node:fs';
import path from 'node:path';
import { API, type Project } from 'typescript/unstable/sync';

export type Program = {
  root: string;
  project: Project;
  /** what contracts, events and rules export, by their full paths: they are pure, so their functions may be called */
  pure: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  close: () => void;
};

/** The options of all workspaces together: capabilities have screens, programs have none. */
const OPTIONS = {
  module: 'esnext',
  moduleResolution: 'bundler',
  jsx: 'react-jsx',
  lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable'],
};

/**
 * Opens these files, and what they import, as one TypeScript program. `planted` holds files that are not on disk, by
 * their paths from the root. The compiler runs in a process of its own until `close`.
 */
export async function openProgram(
  root: string,
  files: readonly string[],
  planted: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const config = path.join(root, 'tsconfig.statements.json');
  const texts = new Map(Object.entries(planted).map(([file, text]) => [path.join(root, file), text]));
  texts.set(config, JSON.stringify({ extends: './tsconfig.base.json', compilerOptions: OPTIONS, files }));
  const api = new API({
    cwd: root,
    fs: {
      readFile: (file) => texts.get(file),
      fileExists: (file) => texts.has(file) || undefined,
    },
  });
  const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
  if (!project) throw new Error(`TypeScript opened no project for ${config}`);
  return { root, project, pure: await importPure(root), close: () => api.close() };
}

const PURE = [
  'packages/capabilities/*/{contract,events,rules}.ts',
  'packages/queue/src/jobs/events.ts',
  'packages/live/src/record-within.ts',
];

async function importPure(root: string): Promise<Map<string, Record<string, unknown>>> {
  const files = fs.globSync(PURE, { cwd: root });
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const full = path.join(root, file);
        return [full, (await import(/* @vite-ignore */ full)) as Record<string, unknown>] as const;
      }),
    ),
  );
}
