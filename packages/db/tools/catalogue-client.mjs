import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

// PostgreSQL's catalogue has columns of the type "char" (one byte, oid 18). adapter-pg refuses the type, and shown as
// text it makes the engine panic (always on PostgreSQL 18, on 15 where there is a CHECK): it must arrive as a
// Character. So the connection passes it to the adapter as text, remembering the column, and the adapter's answer is
// corrected afterwards.

const CHAR = 18;
const TEXT = 25;

/** A connection that shows "char" columns as text and marks them. */
export class CatalogueClient extends pg.Client {
  _handleRowDescription(message) {
    for (const field of message.fields) {
      if (field.dataTypeID !== CHAR) continue;
      field.dataTypeID = TEXT;
      field.isChar = true;
    }
    super._handleRowDescription(message);
  }
}

let corrected = false;

/** Makes the adapter, and the transactions it opens, report the marked columns as Character. */
export function correctCharColumns(adapter) {
  if (corrected) return;
  corrected = true;
  // The class that the adapter and its transactions have in common.
  const queryable = Object.getPrototypeOf(Object.getPrototypeOf(adapter));
  const { queryRaw } = queryable;
  queryable.queryRaw = async function (query) {
    let fields = [];
    const observed = Object.create(this);
    observed.performIO = async (statement) => {
      const answer = await this.performIO(statement);
      fields = answer.fields;
      return answer;
    };
    const result = await queryRaw.call(observed, query);
    result.columnTypes = result.columnTypes.map((type, index) =>
      fields[index]?.isChar ? ColumnTypeEnum.Character : type,
    );
    return result;
  };
}
