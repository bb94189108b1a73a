import { useNavigate, useSearch } from '@tanstack/react-router';
import type { z } from 'zod';

/**
 * A screen's state, kept in the URL: reload, share and Back work. What does not parse falls back to the schema's defaults.
 * `set` changes some of it; empty and undefined values leave the URL. `replace` for typing, where each letter is no page.
 */
export function useUrlState<Schema extends z.ZodType<object>>(schema: Schema) {
  const search: unknown = useSearch({ strict: false });
  const navigate = useNavigate();
  const parsed = schema.safeParse(search);
  const state = (parsed.success ? parsed.data : schema.parse({})) as z.output<Schema>;
  const set = (change: Partial<Record<keyof z.output<Schema>, string | undefined>>, options?: { replace: boolean }) => {
    const next = Object.fromEntries(Object.entries({ ...(search as object), ...change }).filter(([, value]) => value));
    void navigate({ to: '.', search: next, replace: options?.replace ?? false, resetScroll: false });
  };
  return [state, set] as const;
}
