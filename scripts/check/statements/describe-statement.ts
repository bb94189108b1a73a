import type { Catalog, Client } from './read-catalog.ts';
import { canBeNull, canBeNullInside, type Plan, readPlan } from './read-plan.ts';
import type { Description } from './shape.ts';

type Field = { name: string; tableID: number; columnID: number; dataTypeID: number };

/** What PostgreSQL says of a statement, without running it. Rejects with its error where it refuses the text. */
export async function describeStatement(client: Client, text: string, catalog: Catalog): Promise<Description> {
  const { parameters, fields } = await describe(client, text);
  const isNullable = fields.length > 0 ? await explain(client, text, catalog) : () => false;
  return {
    parameters: parameters.map(catalog.typeOf),
    columns: fields.map((field, i) => ({
      name: field.name,
      shape: { ...catalog.shapeOf(field.dataTypeID), nullable: isNullable(field, i) },
    })),
  };
}

/** The protocol's Parse and Describe, which the driver sends only before it runs a statement. */
function describe(client: Client, text: string): Promise<{ parameters: number[]; fields: Field[] }> {
  return new Promise((resolve, reject) => {
    let parameters: number[] = [];
    let fields: Field[] = [];
    const onParameters = (message: { dataTypeIDs: number[] }) => (parameters = message.dataTypeIDs);
    const { connection } = client;
    client.query({
      submit() {
        connection.once('parameterDescription', onParameters);
        connection.parse({ name: '', text, types: [] }, true);
        connection.describe({ type: 'S', name: '' }, true);
        connection.sync();
      },
      handleRowDescription: (message: { fields: Field[] }) => (fields = message.fields),
      handleReadyForQuery: () => resolve({ parameters, fields }),
      handleError(error: Error) {
        connection.off('parameterDescription', onParameters);
        reject(error);
      },
    });
  });
}

/** Which columns are known to be null at times, by the statement's plan and by the tables they come from. */
async function explain(client: Client, text: string, catalog: Catalog): Promise<(field: Field, i: number) => boolean> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (generic_plan, verbose, format json) ${text}`,
  );
  const plan = rows[0]!['QUERY PLAN'][0].Plan;
  const facts = readPlan(plan);
  return ({ tableID, columnID }, i) => {
    const output = plan.Output?.[i];
    const column = catalog.columnOf(tableID, columnID);
    return (
      (output === undefined ? undefined : canBeNull(output, facts, catalog)) ??
      (column !== undefined && canBeNullInside(column, facts))
    );
  };
}
