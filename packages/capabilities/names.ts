/**
 * The business capabilities. One word names the folder, the Prisma file, the tRPC key, the job prefix, the live topic
 * and the URL.
 */
export const capabilityNames = ['orders', 'approvals', 'deliveries', 'artwork', 'customers', 'operations'] as const;
export type CapabilityName = (typeof capabilityNames)[number];
