/** What other capabilities may do with approvals. */
export { closeDownloadLinks, collectLinks, eraseApprovals } from './customer-data.ts';
