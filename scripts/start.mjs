// `npm start`: everything on one machine. `npm start -- --empty` without the demo shop, `npm run dev` with pages that
// reload.
import { handOver } from './hand-over.mjs';

await handOver('scripts/up.ts');
