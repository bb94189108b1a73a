import { readFileSync } from 'node:fs';

export type PageAsset = { name: string; type: string; text: string };

const TYPES: Record<string, string> = {
  'mailbox.css': 'text/css; charset=utf-8',
  'mailbox-client.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** Reads the page's static files once, at the start. */
export function loadPageAssets(): PageAsset[] {
  return Object.entries(TYPES).map(([name, type]) => ({
    name,
    type,
    text: readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8'),
  }));
}
