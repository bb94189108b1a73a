import { Hono } from 'hono';
import { z } from 'zod';
import { defineSandboxPlug } from '../../kit/sandbox-plug.ts';
import { createFaultSwitch } from './create-fault-switch.ts';
import { createMailbox } from './create-mailbox.ts';
import { createMailApi } from './mail-api.ts';
import { createMailPages } from './mail-pages.ts';
import { startSmtpServer } from './start-smtp-server.ts';

/** A mail server that takes everything, shows it, and fails on purpose. */
export const sandboxPlug = defineSandboxPlug({
  env: {
    /** Default: 25 above the sandbox's own. */
    SANDBOX_SMTP_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  },
  async open({ address, port }, env) {
    const mailbox = createMailbox();
    const faults = createFaultSwitch();
    const smtp = await startSmtpServer({ host: address, port: env.SANDBOX_SMTP_PORT ?? port + 25, mailbox, faults });
    const smtpUrl = `smtp://${address}:${smtp.port}`;
    const routes = new Hono();
    routes.route('/api', createMailApi({ mailbox, faults }));
    routes.route('/', createMailPages({ mailbox, faults, smtpUrl }));
    return { path: '/mail', routes, tells: smtpUrl, close: () => smtp.close() };
  },
});
