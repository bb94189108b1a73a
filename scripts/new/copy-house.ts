import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const OURS = '@windlass';
/**
 * Where pnpm keeps what is installed. Its `.bin` stays away: whoever installs in a copy would write it anew for all.
 */
const KEPT = '.pnpm';

/**
 * Copies the repository as it stands into an empty folder, where it can be changed and run: what git knows and what is
 * new, with the links between its packages, which then lead to the copies. Installed packages are shared.
 */
export function copyHouse(root: string, to: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of listed.toString().split('\0')) {
    const from = path.join(root, file);
    if (!file || !fs.existsSync(from)) continue;
    fs.mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    fs.copyFileSync(from, path.join(to, file));
  }
  for (const folder of fs.globSync('{apps,packages}/*/node_modules', { cwd: root }))
    fs.cpSync(path.join(root, folder), path.join(to, folder), { recursive: true, verbatimSymlinks: true });
  linkInstalled(path.join(root, 'node_modules'), path.join(to, 'node_modules'));
}

/** The root's own links to packages of ours are copied, and lead to copies; all that is of others is shared. */
function linkInstalled(from: string, to: string): void {
  fs.cpSync(path.join(from, OURS), path.join(to, OURS), { recursive: true, verbatimSymlinks: true });
  const others = fs.readdirSync(from).filter((name) => name !== OURS && (name === KEPT || !name.startsWith('.')));
  for (const name of others) fs.symlinkSync(path.join(from, name), path.join(to, name));
}
