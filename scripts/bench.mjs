// `npm run bench`: every benchmark and its page; `npm run bench -- approve` one of them. See docs/performance.md.
import { handOver } from './hand-over.mjs';

await handOver('scripts/bench.ts');
