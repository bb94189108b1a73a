import { nowMs } from './clock.ts';

/** Does all items with `clients` workers, each taking the next as soon as its last is done. Answers items a second. */
export async function runClients<Item>(
  items: readonly Item[],
  clients: number,
  work: (item: Item, client: number) => Promise<void>,
): Promise<number> {
  let next = 0;
  const client = async (number: number) => {
    for (let i = next++; i < items.length; i = next++) await work(items[i]!, number);
  };
  const started = nowMs();
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  return items.length / ((nowMs() - started) / 1000);
}
