/** What values are to the database driver. `any` is what JSON holds, and what TypeScript does not tell. */
export type Kind = 'string' | 'number' | 'boolean' | 'bigint' | 'Date' | 'Buffer' | 'array' | 'object' | 'any';

/** A type of TypeScript, or of a column as the driver hands it out, as far as the two can be compared. */
export type Shape = {
  kinds: readonly Kind[];
  /** null is among the values; for a column: PostgreSQL knows that it can be */
  nullable: boolean;
  /** where a string can only be one of these */
  literals?: readonly string[] | undefined;
  /** of an array */
  element?: Shape | undefined;
  /** in the words of its own side */
  written: string;
};

/** A column that a statement answers. */
export type Column = { name: string; shape: Shape };

/** A type of PostgreSQL. */
export type DbType = {
  name: string;
  /** of an enum, in order */
  labels?: readonly string[] | undefined;
  element?: DbType | undefined;
};

/** What PostgreSQL says of a statement. */
export type Description = { parameters: readonly DbType[]; columns: readonly Column[] };
