// `npm run faults`: kills, floods and cuts off a real Windlass, and says which promises held. `npm run faults --
// worker-kill --small`.
import { handOver } from './hand-over.mjs';

await handOver('apps/faults/src/main.ts');
