/** What stands behind the `?`: plain text, from anybody. */
export type UrlSearch = Record<string, string | undefined>;

/** The one of `allowed` that the URL names, or the first: an unknown tab is no error. */
export const oneOf = <Key extends string>(allowed: readonly Key[], asked: string | undefined): Key =>
  allowed.find((key) => key === asked) ?? allowed[0]!;
