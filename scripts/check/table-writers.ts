/** A table and whose it is: the capability or package whose Prisma file declares it. */
export type Owners = ReadonlyMap<string, string>;
/** Somebody who writes, or reads, somebody else's table. */
export type Trespass = { by: string; table: string; owner: string; file: string };

const MODEL = /^model (\w+) \{([\s\S]*?)^\}/gm;
const MAP = /@@map\("(\w+)"\)/;
/** main.prisma declares what belongs to the house itself. */
const ofFile = (schema: string): string => (schema === 'main' ? 'apps' : schema);

/** From the texts of the Prisma files, by the name of each without its ending. */
export const readOwners = (schemas: ReadonlyMap<string, string>): Owners =>
  new Map(
    [...schemas].flatMap(([schema, text]) =>
      [...text.matchAll(MODEL)].map(([, model, body]) => [MAP.exec(body!)?.[1] ?? model!, ofFile(schema)]),
    ),
  );

/** `for update of x` locks, and `do update set` names no table: neither is found, since neither is followed by one. */
const WRITE = /\b(?:insert\s+into|delete\s+from|update)\s+"?([a-z_]+)"?/gi;

/** The statements of one file that write a table whose owner is somebody else. */
export const findTrespasses = (owners: Owners, { file, text }: SourceText): Trespass[] =>
  ofOthers(
    owners,
    file,
    [...text.matchAll(WRITE)].map(([, table]) => table!),
  );

/** With those that follow after a comma. */
const READ = /\b(?:from|join|using)\s+("?[a-z_]+"?(?:(?:\s+(?:as\s+)?\w+)?\s*,\s*"?[a-z_]+"?)*)/gi;

/** Those that read one. */
export const findReads = (owners: Owners, { file, text }: SourceText): Trespass[] =>
  ofOthers(
    owners,
    file,
    [...text.matchAll(READ)].flatMap(([, tables]) => tables!.split(',').map((table) => /[a-z_]+/i.exec(table)![0])),
  );

type SourceText = { file: string; text: string };

const ofOthers = (owners: Owners, file: string, tables: readonly string[]): Trespass[] =>
  tables.flatMap((table) => {
    const owner = owners.get(table.toLowerCase());
    const by = whoseIs(file);
    return owner === undefined || owner === by ? [] : [{ by, table, owner, file }];
  });

const whoseIs = (file: string): string => {
  const [top, name, capability] = file.split('/');
  if (top === 'apps') return 'apps';
  return name === 'capabilities' ? capability! : name!;
};
