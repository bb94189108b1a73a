import { nowMs } from '../measure/clock.ts';
import { quantile } from '../measure/quantile.ts';

/** Does the work so many times, one after the other. Answers the median in ms. */
export async function timeEach(work: () => Promise<unknown>, times: number): Promise<number> {
  const samples: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const begun = nowMs();
    await work();
    samples.push(nowMs() - begun);
  }
  return quantile(samples, 0.5);
}
