import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { readEnv } from './env.ts';
import { localOnly } from './local-only.ts';
import { createFaultSwitch } from './mail/create-fault-switch.ts';
import { createMailbox } from './mail/create-mailbox.ts';
import { createMailApi } from './mail/mail-api.ts';
import { createMailPages } from './mail/mail-pages.ts';
import { startSmtpServer } from './mail/start-smtp-server.ts';

const env = readEnv();
const mailbox = createMailbox();
const faults = createFaultSwitch();

const smtpUrl = `smtp://${env.host}:${env.smtpPort}`;

const app = new Hono();
app.use(localOnly);
app.get('/', (c) => c.redirect('/mail'));
app.get('/healthz', (c) => c.json({ ok: true }));
app.route('/mail/api', createMailApi({ mailbox, faults }));
app.route('/mail', createMailPages({ mailbox, faults, smtpUrl }));

const smtp = await startSmtpServer({ host: env.host, port: env.smtpPort, mailbox, faults });
const http = serve({ fetch: app.fetch, hostname: env.host, port: env.httpPort }, () => {
  console.log(`sandbox ready: mailbox http://${env.host}:${env.httpPort}/mail, ${smtpUrl}`);
});

async function stop(): Promise<void> {
  http.close();
  if ('closeAllConnections' in http) http.closeAllConnections();
  await smtp.close();
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    // A reply held back by a fault keeps a timer of up to two minutes; nobody waits for it once the world ends.
    void stop().then(() => process.exit(0));
  });
}
