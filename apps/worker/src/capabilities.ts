import { composeProof } from '@windlass/capabilities/artwork/compose-proof';
import { handlers as artwork } from '@windlass/capabilities/artwork/worker';
import { composeBundleLinks } from '@windlass/capabilities/approvals/compose-bundle-links';
import { handlers as approvals } from '@windlass/capabilities/approvals/worker';
import { handlers as customers } from '@windlass/capabilities/customers/worker';
import { type Composer, forOrder, type MessageKind } from '@windlass/capabilities/deliveries/contract';
import { handlers as deliveries } from '@windlass/capabilities/deliveries/worker';
import { jobCatalogue } from '@windlass/capabilities/kit/job-catalogue';
import type { WorkerServices } from '@windlass/capabilities/kit/worker-services';
import type { CapabilityName } from '@windlass/capabilities/names';
import { composeAccountMail } from '@windlass/capabilities/operations/compose-account-mail';
import { handlers as operations } from '@windlass/capabilities/operations/worker';
import { handlers as orders } from '@windlass/capabilities/orders/worker';
import type { Database } from '@windlass/db/open-database';
import type { RegisteredJob } from '@windlass/queue/job-context';

/** A capability in names.ts that is missing here does not compile. */
const handlers = { orders, approvals, deliveries, artwork, customers, operations } satisfies Record<
  CapabilityName,
  object
>;

/** Every job with its handler. A defined job without one (or the reverse) ends the start with a sentence. */
export function registerJobs(): ReadonlyMap<string, RegisteredJob<WorkerServices>> {
  const loaders = Object.assign({}, ...Object.values(handlers)) as Record<
    string,
    RegisteredJob<WorkerServices>['load']
  >;
  const orphan = Object.keys(loaders).find((name) => !jobCatalogue[name]);
  if (orphan)
    throw new Error(
      `The handler of ${orphan} has no definition: add its jobs to packages/capabilities/kit/job-catalogue.ts.`,
    );
  return new Map(
    Object.values(jobCatalogue).map((definition) => {
      const load = loaders[definition.name];
      if (!load)
        throw new Error(`The job ${definition.name} has no handler: add it to its capability's worker/handlers.ts.`);
      return [definition.name, { definition, load }];
    }),
  );
}

/** Who writes each kind of message. */
export const createComposers = (database: Database, settings: WorkerServices['settings']) =>
  ({
    'bundle-links': forOrder(composeBundleLinks(database, settings)),
    'artwork-proof': forOrder(composeProof(database, settings)),
    invitation: composeAccountMail(database, settings),
    'password-reset': composeAccountMail(database, settings),
  }) satisfies Record<MessageKind, Composer>;
