// `npm test`: every check there is, cheapest first.
import { handOver } from './hand-over.mjs';

await handOver('scripts/check.ts');
