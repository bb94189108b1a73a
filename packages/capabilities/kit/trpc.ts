import { initTRPC, type TRPCError } from '@trpc/server';
import { mayActAs, type Role } from '@windlass/auth/roles';
import { z } from 'zod';
import { isOverload } from './overload.ts';
import { type ErrorAnswer, Refusal } from './refusal.ts';
import { storageTrouble } from './storage-trouble.ts';
import type { RequestContext } from './server-context.ts';

type Meta = {
  role: Role;
  /**
   * Its answer holds a link that lets whoever has it do something: asking is audited, and every other answer is tested
   * to hold none.
   */
  bearer?: true;
};

const t = initTRPC
  .context<RequestContext>()
  .meta<Meta>()
  .create({
    errorFormatter({ shape, error, ctx }) {
      const answer = describeError(error, ctx?.requestId ?? '');
      return {
        ...shape,
        message: answer.message,
        data: { ...answer, httpStatus: isInvalidInput(error) ? 422 : shape.data.httpStatus },
      };
    },
  });

export const router = t.router;

/** Every procedure begins with the least role that may call it; the permission test walks all of them. */
const procedureFor = (role: Role, more: Omit<Meta, 'role'> = {}) =>
  t.procedure.meta({ role, ...more }).use(({ ctx, next }) => {
    if (!ctx.person) throw new Refusal('sign-in', 'SIGN_IN', { message: 'Sign in first.' });
    if (!mayActAs(ctx.person.role, role)) {
      throw new Refusal('forbidden', 'ROLE', {
        message: `This needs the role ${role}; yours is ${ctx.person.role}. An admin can change it in Settings.`,
      });
    }
    return next({ ctx: { ...ctx, person: ctx.person } });
  });

export const viewer = procedureFor('viewer');
export const operator = procedureFor('operator');
export const admin = procedureFor('admin');
/**
 * For an operation that hands out a customer's link: it needs the role of what the link permits, and writes an audit
 * row.
 */
export const bearer = procedureFor('operator', { bearer: true });

/**
 * JSON, but not what the schema asks for: 422, where tRPC itself would say 400. An output that breaks its schema is our
 * own fault.
 */
const isInvalidInput = (error: TRPCError): error is TRPCError & { cause: z.ZodError } =>
  error.code === 'BAD_REQUEST' && error.cause instanceof z.ZodError;

/** Turns whatever went wrong into the house's error answer. Bugs and outages say nothing of their insides. */
export function describeError(error: TRPCError, requestId: string): ErrorAnswer {
  if (error instanceof Refusal)
    return { code: error.word, message: error.message, requestId, ...(error.fields && { fields: error.fields }) };
  if (isInvalidInput(error)) {
    const fields = Object.fromEntries(
      error.cause.issues.map((issue) => [issue.path.join('.') || 'input', issue.message]),
    );
    return { code: 'INVALID', message: Object.values(fields)[0] ?? 'The input is not valid.', requestId, fields };
  }
  const trouble = storageTrouble(error);
  if (trouble) return { code: trouble.code, message: trouble.message, requestId };
  if (isOverload(error))
    return { code: 'BUSY', message: 'We are too busy or restarting just now. Try again in a second.', requestId };
  if (error.code === 'INTERNAL_SERVER_ERROR')
    return {
      code: 'INTERNAL',
      message: 'Something went wrong on our side. Try again; if it stays, tell us the request id.',
      requestId,
    };
  return { code: error.code, message: error.message, requestId };
}
