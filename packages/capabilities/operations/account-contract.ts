import { z } from 'zod';

export const password = z.string().min(10, 'At least 10 characters.').max(128, 'At most 128 characters.');

/** Addresses are ASCII (see messaging/check-address.ts), so nothing else can be anybody's. */
const address = z
  .string()
  .trim()
  .max(254, 'At most 254 characters.')
  .regex(/^[\x21-\x7e]+@[\x21-\x7e]+$/, 'An e-mail address, such as name@example.com.');
const token = z.string().max(100);

/** POST /api/forgot-password: the same answer whether or not anybody signs in with it. */
export const forgotPasswordInput = z.strictObject({ email: address });
/** POST /api/account-link: whose a link is, and what for. It uses nothing up. */
export const accountLinkInput = z.strictObject({ token });
export const accountLinkOutput = z.object({
  kind: z.enum(['invitation', 'password-reset']),
  name: z.string(),
  email: z.string(),
  shopName: z.string(),
});
export type AccountLinkFacts = z.infer<typeof accountLinkOutput>;
/** POST /api/choose-password: sets it, uses the link up, and signs in. */
export const choosePasswordInput = z.strictObject({ token, password });
