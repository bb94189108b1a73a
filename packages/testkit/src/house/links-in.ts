/** The download links in a text or an HTML page, in their order. */
export const linksIn = (text: string): string[] =>
  [...text.matchAll(/http:\/\/[\d.:]+\/d\/[\w-]+/g)].map(([link]) => link);
