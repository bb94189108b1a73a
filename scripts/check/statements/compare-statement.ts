import type { Statement } from './find-statements.ts';
import type { Column, DbType, Description, Kind, Shape } from './shape.ts';

/** `column`: only the schema does not say so; as `statement.column`. */
export type Fault = { says: string; column?: string };

/** Everything of a statement that is not as its file says, each with what to write instead. Empty: nothing. */
export function compareStatement(statement: Statement, { parameters, columns }: Description): Fault[] {
  const { name, place } = statement;
  return [
    ...compareValues(statement, parameters).map((says) => ({ says })),
    ...compareNames(statement, columns).map((says) => ({ says })),
    ...compareTypes(statement, columns),
  ].map((fault) => ({
    says: `${name} (${place}): ${fault.says}`,
    ...('column' in fault && { column: `${name}.${fault.column}` }),
  }));
}

function compareValues({ values, partly }: Statement, parameters: readonly DbType[]): string[] {
  if (!values || partly) return [];
  if (values.length !== parameters.length)
    return [
      `the text takes ${parameters.length} parameters and is given ${values.length}. Give it as many as it takes.`,
    ];
  return values.flatMap((value, i) => {
    const wanted = parameters[i]!;
    const unknownLabel = wanted.labels && value.literals?.find((one) => !wanted.labels!.includes(one));
    if (unknownLabel !== undefined)
      return `$${i + 1} is ${wanted.name}, which has no "${unknownLabel}". Give it one of ${wanted.labels!.join(', ')}.`;
    return takes(wanted, value)
      ? []
      : `$${i + 1} is ${wanted.name} and is given ${value.written}. Give it ${acceptedBy(wanted).join(' or ')}.`;
  });
}

/** What the driver writes as PostgreSQL reads it. A list for json would become an array of PostgreSQL. */
const ACCEPTED: readonly [RegExp, readonly Kind[]][] = [
  [/^boolean$/, ['boolean']],
  [/^(smallint|integer|oid|real|double precision)$/, ['number']],
  [/^(bigint|numeric)$/, ['number', 'string', 'bigint']],
  [/^timestamp|^date$/, ['Date', 'string']],
  [/^bytea$/, ['Buffer']],
  [/^jsonb?$/, ['string', 'object']],
];
const acceptedBy = (type: DbType): readonly Kind[] =>
  type.element ? ['array'] : (ACCEPTED.find(([form]) => form.test(type.name))?.[1] ?? ['string']);

function takes(type: DbType, value: Shape): boolean {
  const kinds = value.kinds.filter((kind) => kind !== 'any');
  if (!kinds.every((kind) => acceptedBy(type).includes(kind))) return false;
  return !type.element || !value.element || takes(type.element, value.element);
}

/** Where the row is no type of its own, nobody reads it. */
const isRead = ({ row }: Statement): boolean => row.properties.length > 0 || row.every !== undefined;

function compareNames(statement: Statement, columns: readonly Column[]): string[] {
  if (!isRead(statement)) return [];
  const { properties, every } = statement.row;
  const names = columns.map(({ name }) => name);
  const missing = properties
    .filter(({ name, optional }) => !optional && !names.includes(name))
    .map(
      ({ name }) =>
        `the row has "${name}", and the text answers ${names.join(', ') || 'nothing'}. Select it as "${name}", or take it off.`,
    );
  const extra = columns
    .filter(({ name }) => !every && !properties.some((property) => property.name === name))
    .map(
      ({ name, shape }) =>
        `the text answers "${name}", which the row does not have. Add \`${name}: ${typeFor(shape)}\`, or do not select it.`,
    );
  const twice = names
    .filter((name, i) => names.indexOf(name) !== i)
    .map((name) => `the text answers "${name}" twice. Name one of them otherwise.`);
  return [...missing, ...extra, ...twice];
}

const OR_SAY = 'or say in statements.test.ts who sees to it';

function compareTypes({ row }: Statement, columns: readonly Column[]): Fault[] {
  return columns.flatMap(({ name, shape: column }): Fault[] => {
    const property = row.properties.find((one) => one.name === name)?.shape ?? row.every;
    if (!property || property.kinds.includes('any')) return [];
    const write = `Write \`${name}: ${typeFor(column)}\``;
    if (!fits(column, property))
      return [{ says: `"${name}" is ${column.written}, and the row says ${property.written}. ${write}.` }];
    const { literals } = property;
    const more = literals && column.literals?.filter((label) => !literals.includes(label));
    return [
      ...(more?.length
        ? [
            {
              says: `"${name}" can be ${more.join(', ')}, and the row does not say so. ${write}, ${OR_SAY}.`,
              column: name,
            },
          ]
        : []),
      ...(column.nullable && !property.nullable
        ? [{ says: `"${name}" can be null, and the row says ${property.written}. ${write}, ${OR_SAY}.`, column: name }]
        : []),
    ];
  });
}

/** Whether the driver hands out what the property says. Which strings a text column holds is not known. */
function fits(column: Shape, property: Shape): boolean {
  if (column.kinds.includes('any') || property.kinds.includes('any')) return true;
  if (!column.kinds.every((kind) => property.kinds.includes(kind))) return false;
  return !column.element || !property.element || fits(column.element, property.element);
}

/** In TypeScript. */
function typeFor(column: Shape): string {
  const [kind] = column.kinds;
  const type =
    kind === 'any'
      ? 'unknown'
      : kind === 'array'
        ? `${column.element ? bracketed(typeFor(column.element)) : 'unknown'}[]`
        : (column.literals?.map((label) => `'${label}'`).join(' | ') ?? kind!);
  return column.nullable ? `${type} | null` : type;
}

const bracketed = (type: string): string => (type.includes('|') ? `(${type})` : type);
