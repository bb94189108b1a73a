import { parentPort, workerData } from 'node:worker_threads';
import type { ShopSystem } from '../intake-contract.ts';
import { readShopOrder } from './read-shop-order.ts';

const { system, body, email } = workerData as { system: ShopSystem; body: Uint8Array; email: string | undefined };
parentPort!.postMessage(readShopOrder(system, body, email));
