import type { AnyTRPCRouter } from '@trpc/server';
import type { Role } from '@windlass/auth/roles';
import type { z } from 'zod';

export type Procedure = {
  name: string;
  type: 'query' | 'mutation' | 'subscription';
  /** The least role that may call it, as declared. */
  role: Role | undefined;
  input: z.ZodType | undefined;
  hasOutput: boolean;
  /** Declared to hand out a customer's link. */
  bearer: boolean;
};

/** What tRPC keeps of a procedure: the parts read here are the same since version 10. */
type Kept = {
  _def: { type: Procedure['type']; meta?: { role?: Role; bearer?: boolean }; inputs: z.ZodType[]; output?: unknown };
};

/** Every procedure of a router, by its full name. */
export function listProcedures(router: AnyTRPCRouter): Procedure[] {
  return Object.entries(router._def.procedures as unknown as Record<string, Kept>).map(([name, { _def }]) => ({
    name,
    type: _def.type,
    role: _def.meta?.role,
    input: _def.inputs[0],
    hasOutput: _def.output !== undefined,
    bearer: _def.meta?.bearer === true,
  }));
}
