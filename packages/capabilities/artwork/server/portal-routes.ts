import { clientAddress } from '@windlass/auth/client-address';
import { createLimit } from '@windlass/auth/limits';
import { isSameOriginJson } from '@windlass/auth/same-origin';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { answerError, answerThrown, type HttpEnv } from '../../kit/http.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { TOKEN_FORM } from '../link-token.ts';
import { portalDecideInput, portalPartUrlsInput, portalStartInput, portalUploadById } from '../portal-contract.ts';
import { abandonUpload, resumeUpload, signParts } from './continue-upload.ts';
import { decideArtwork } from './decide-artwork.ts';
import { findCustomerLink, linkEnded, type OpenedLink } from './find-customer-link.ts';
import { finishUpload } from './finish-upload.ts';
import { readPortalOrder } from './read-portal-order.ts';
import { startUpload } from './start-upload.ts';
import type { UploadScope } from './upload-scope.ts';

/**
 * The customer's side of artwork: POST /api/portal/artwork/<word>, JSON, the link's token in a header. See
 * portal-contract.ts.
 */
export function portalArtworkRoutes(services: ServerServices): Hono<HttpEnv> {
  const { database, settings } = services;
  const guesses = createLimit(database, { name: 'link-guess', points: 50, seconds: 60 });
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => answerThrown(c, error));

  /** Opens the link of a request, or refuses it as every link of ours is refused. */
  const open = async (c: Context<HttpEnv>): Promise<OpenedLink> => {
    const token = c.req.header('x-link-token') ?? '';
    const link = await findCustomerLink(database.sql, token);
    if (link?.state === 'active') return link;
    if (link) throw linkEnded();
    const wait = TOKEN_FORM.test(token) ? await guesses.hit(clientAddress(c, settings.trustProxy)) : undefined;
    if (wait !== undefined)
      throw new Refusal('too-many', 'TOO_MANY_GUESSES', {
        message: `Too many tries. Wait ${wait} seconds.`,
        retryAfterSeconds: wait,
      });
    throw new Refusal('missing', 'NOT_FOUND', {
      message: 'This link leads nowhere. Open the one in the shop’s mail again.',
    });
  };

  const word = <Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    work: (scope: UploadScope, input: z.output<Schema>, link: OpenedLink) => Promise<object>,
  ) =>
    app.post(`/api/portal/artwork/${name}`, async (c) => {
      c.header('cache-control', 'no-store');
      if (!isSameOriginJson(c, settings.publicUrl))
        return answerError(c, {
          status: 403,
          code: 'CROSS_SITE',
          message: 'Changes are accepted from this site’s own pages only.',
        });
      const link = await open(c);
      const input = schema.safeParse(await c.req.json().catch(() => undefined));
      if (!input.success) {
        const fields = Object.fromEntries(
          input.error.issues.map((issue) => [issue.path.join('.') || 'input', issue.message]),
        );
        return answerError(c, {
          status: 422,
          code: 'INVALID',
          message: Object.values(fields)[0] ?? 'The input is not valid.',
          fields,
        });
      }
      const scope: UploadScope = {
        services,
        shopId: link.shopId,
        orderId: link.orderId,
        personId: null,
        linkId: link.id,
        by: link.customerName,
        requestId: c.get('requestId'),
      };
      return c.json(await work(scope, input.data, link));
    });

  word('read', z.strictObject({}), (_scope, _input, link) => readPortalOrder(services, link));
  word('start', portalStartInput, (scope, input, link) => startUpload(scope, { ...input, orderId: link.orderId }));
  word('resume', portalUploadById, (scope, { uploadId }) => resumeUpload(scope, uploadId));
  word('part-urls', portalPartUrlsInput, (scope, input) => signParts(scope, input));
  word('finish', portalUploadById, (scope, { uploadId }) => finishUpload(scope, uploadId));
  word('abandon', portalUploadById, async (scope, { uploadId }) => {
    await abandonUpload(scope, uploadId);
    return {};
  });
  word('decide', portalDecideInput, async (scope, input) => ({
    success: true,
    message: await decideArtwork(scope, input),
  }));
  return app;
}
