/** The commit of the release that shops run before this one: apps/server/test/last-release/README.md. */
export const LAST_RELEASE = '49ca284';
