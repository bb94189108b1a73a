import type { Scenario } from './scenario.ts';
import { databaseCrash } from './scenarios/database-crash.ts';
import { doubleClick } from './scenarios/double-click.ts';
import { engineLoss } from './scenarios/engine-loss.ts';
import { halfOpen } from './scenarios/half-open.ts';
import { hostileImages } from './scenarios/hostile-images.ts';
import { hostileRequests } from './scenarios/hostile-requests.ts';
import { liveRestart } from './scenarios/live-restart.ts';
import { neverTwice } from './scenarios/never-twice.ts';
import { overload } from './scenarios/overload.ts';
import { serverKill } from './scenarios/server-kill.ts';
import { shutdown } from './scenarios/shutdown.ts';
import { storage } from './scenarios/storage.ts';
import { upgrade } from './scenarios/upgrade.ts';
import { workerKill } from './scenarios/worker-kill.ts';

/** Every run there is, in the order of the table. */
export const scenarios: readonly Scenario[] = [
  workerKill,
  neverTwice,
  serverKill,
  engineLoss,
  databaseCrash,
  hostileImages,
  hostileRequests,
  liveRestart,
  overload,
  doubleClick,
  halfOpen,
  shutdown,
  upgrade,
  storage,
];
