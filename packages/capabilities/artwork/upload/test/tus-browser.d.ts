/** The build for pages has no declarations of its own. */
declare module '*/tus-js-client/lib.esm/browser/index.js' {
  export * from 'tus-js-client';
}
