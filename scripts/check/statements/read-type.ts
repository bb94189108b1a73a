import { type Project, type Symbol, SymbolFlags, type Type, TypeFlags } from 'typescript/unstable/sync';
import type { Kind, Shape } from './shape.ts';

export type Property = { name: string; optional: boolean; shape: Shape };
/** A row's type: its properties, or what any column must be. */
export type RowType = { properties: readonly Property[]; every?: Shape | undefined };

const BY_NAME: Readonly<Record<string, Kind>> = { Date: 'Date', Buffer: 'Buffer', Uint8Array: 'Buffer' };
const SIMPLE: readonly [TypeFlags, Kind][] = [
  [TypeFlags.String | TypeFlags.TemplateLiteral | TypeFlags.StringMapping, 'string'],
  [TypeFlags.Number | TypeFlags.NumberLiteral, 'number'],
  [TypeFlags.BigInt | TypeFlags.BigIntLiteral, 'bigint'],
  [TypeFlags.Boolean | TypeFlags.BooleanLiteral, 'boolean'],
];

/** What TypeScript knows of a type. */
export function readType(type: Type, project: Project): Shape {
  const parts = partsOf(type).map((part) => readPart(part, project));
  const literals = parts.map(({ literal }) => literal).filter((literal) => literal !== undefined);
  const strings = parts.filter(({ kind }) => kind === 'string').length;
  return {
    kinds: [...new Set(parts.flatMap(({ kind }) => kind ?? []))],
    nullable: parts.some(({ kind, isNull }) => isNull || kind === 'any'),
    literals: strings > 0 && literals.length === strings ? literals : undefined,
    element: parts.find(({ element }) => element)?.element,
    written: project.checker.typeToString(type),
  };
}

/** The properties of a row's type, of an intersection, a mapped type or an interface alike. */
export function readRow(type: Type, project: Project): RowType {
  const { checker } = project;
  const [index] = checker.getIndexInfosOfType(type);
  return {
    properties: checker.getPropertiesOfType(type).map((symbol) => readProperty(symbol, project)),
    every: index && readType(index.valueType, project),
  };
}

function readProperty(symbol: Symbol, project: Project): Property {
  const type = project.checker.getTypeOfSymbol(symbol);
  if (!type) throw new Error(`no type of ${symbol.name}`);
  return { name: symbol.name, optional: (symbol.flags & SymbolFlags.Optional) !== 0, shape: readType(type, project) };
}

type Part = { kind?: Kind; isNull?: boolean; literal?: string; element?: Shape };

/** `boolean` is a union, and is one thing all the same. */
const partsOf = (type: Type): readonly Type[] =>
  type.isUnionType() && !(type.flags & TypeFlags.Boolean) ? type.getTypes().flatMap(partsOf) : [type];

function readPart(type: Type, project: Project): Part {
  const { checker } = project;
  if (type.flags & TypeFlags.Null) return { isNull: true };
  if (type.flags & (TypeFlags.Undefined | TypeFlags.Void | TypeFlags.Never)) return {};
  if (type.isStringLiteralType()) return { kind: 'string', literal: type.value };
  const simple = SIMPLE.find(([flags]) => type.flags & flags);
  if (simple) return { kind: simple[1] };
  // A branded string is a string.
  if (type.isIntersectionType())
    return (
      type
        .getTypes()
        .map((one) => readPart(one, project))
        .find(({ kind }) => kind !== 'object') ?? { kind: 'object' }
    );
  if (!(type.flags & (TypeFlags.Object | TypeFlags.NonPrimitive))) return { kind: 'any' };
  if (checker.isArrayLikeType(type)) {
    const element = type.isTypeReference() ? checker.getTypeArguments(type)[0] : undefined;
    return { kind: 'array', ...(element && { element: readType(element, project) }) };
  }
  return { kind: BY_NAME[type.getSymbol()?.name ?? ''] ?? 'object' };
}
