import { Hono } from 'hono';
import { z } from 'zod';
import type { FaultSwitch } from './create-fault-switch.ts';
import type { Mailbox, ReceivedMail } from './create-mailbox.ts';
import { mailFaultSchema } from './mail-fault.ts';

const listQuery = z.strictObject({
  to: z.string().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(2_000).default(100),
});

/** The mailbox as JSON, for tests, fault runs and scripts: mount under /mail/api. */
export function createMailApi({ mailbox, faults }: { mailbox: Mailbox; faults: FaultSwitch }): Hono {
  const api = new Hono();

  api.get('/messages', (c) => {
    const query = listQuery.safeParse(c.req.query());
    if (!query.success) return c.json(badRequest(query.error), 400);
    const messages = mailbox.list(query.data).map(summary);
    return c.json({ count: query.data.to === undefined ? mailbox.count() : messages.length, messages });
  });

  api.get('/messages/:id', (c) => {
    const mail = mailbox.find(c.req.param('id'));
    if (mail === undefined)
      return c.json({ error: { code: 'NOT_FOUND', message: 'There is no such message in the mailbox.' } }, 404);
    return c.json({ ...summary(mail), envelope: mail.envelope, headers: mail.headers, raw: mail.raw.toString('utf8') });
  });

  api.delete('/messages', (c) => {
    mailbox.clear();
    return c.json({ count: 0 });
  });

  api.get('/tally', (c) => {
    const copies = Object.fromEntries(mailbox.tally());
    return c.json({ accepted: mailbox.count(), distinct: mailbox.tally().size, copies });
  });

  api.get('/faults', (c) => c.json(faults.current()));

  api.put('/faults', async (c) => {
    const body = mailFaultSchema.safeParse(await readJson(c.req.raw));
    if (!body.success) return c.json(badRequest(body.error), 400);
    faults.set(body.data);
    return c.json(faults.current());
  });

  return api;
}

function summary(mail: ReceivedMail) {
  const { id, messageId, from, subject, text, html, receivedAt, size, attachments, replied } = mail;
  return { id, messageId, to: mail.envelope.to, from, subject, text, html, receivedAt, size, attachments, replied };
}

function badRequest(error: z.ZodError) {
  return { error: { code: 'BAD_REQUEST', message: z.prettifyError(error) } };
}

/** The parsed body; undefined for anything that is not JSON, which the schema then refuses with its own words. */
async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
