import { openConnection } from '../world/open-connection.ts';
import { type BenchShop, signIn } from '../world/make-shop.ts';
import { mutationRequest } from '../world/requests.ts';
import { startServer } from '../world/start-server.ts';
import type { World } from '../world/world.ts';
import { makeTemplate, type Template } from './make-template.ts';
import { recordStatements } from './record-statements.ts';

export type CaptureWish = {
  databaseUrl: string;
  shop: BenchShop;
  /** Of orders to approve; the last one's statements count. */ orderIds: string[];
};

/** Lets a real server approve orders through a recorder and answers what it sent for the last of them. */
export async function captureApproval(world: World, { databaseUrl, shop, orderIds }: CaptureWish): Promise<Template> {
  const recorder = await recordStatements(world, databaseUrl);
  const server = await startServer(world, { databaseUrl: recorder.url });
  const cookie = await signIn(server, shop);
  const connection = await openConnection(server.port);
  let template: Template | undefined;
  for (const orderId of orderIds) {
    recorder.take();
    const { status, body } = await connection.send(mutationRequest('/api/trpc/approvals.approve', cookie, { orderId }));
    if (status !== 200) throw new Error(`an approval answered ${status}: ${body}`);
    template = makeTemplate(recorder.take(), orderId);
  }
  connection.close();
  await server.stop();
  return template!;
}
