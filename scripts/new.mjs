// `npm run new -- parcels`: the skeleton of a capability, registered; `-- parcels --remove` takes it out again.
import { handOver } from './hand-over.mjs';

await handOver('scripts/new/new.ts');
