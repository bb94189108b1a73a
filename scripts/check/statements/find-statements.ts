import path from 'node:path';
import { type CallExpression, type Expression, type Node, type SourceFile } from 'typescript/unstable/ast';
import {
  isArrayLiteralExpression,
  isCallExpression,
  isConditionalExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isTemplateExpression,
} from 'typescript/unstable/ast/is';
import type { Project, Type } from 'typescript/unstable/sync';
import { evaluate, HOLE, Unreadable } from './evaluate.ts';
import type { Program } from './open-program.ts';
import { readRow, readType, type RowType } from './read-type.ts';
import type { Shape } from './shape.ts';

/** A statement as a file sends it. */
export type Statement = {
  /** `*` stands for what is put in at run time */
  name: string;
  /** from the root, with the line */
  place: string;
  text: string;
  /** of the text's conditions some are chosen at run time, with parameters of their own */
  partly: boolean;
  row: RowType;
  /** undefined: how many there are is known at run time */
  values: readonly Shape[] | undefined;
};

/** A call whose statement cannot be read: its name, where it can be, its place and what stopped it. */
export type Unread = { name: string; place: string; why: string };

export type Found = { statements: readonly Statement[]; unread: readonly Unread[] };

/** Every call of `Sql.rows` and `Sql.row` in these files. */
export function findStatements(program: Program, files: readonly string[]): Found {
  const { project, root } = program;
  const statements: Statement[] = [];
  const unread: Unread[] = [];
  for (const file of files) {
    const source = project.program.getSourceFile(path.join(root, file));
    if (!source) throw new Error(`${file} is not in the program`);
    for (const call of callsIn(source)) {
      const rowType = rowTypeOf(call, project);
      const [name, text] = call.arguments;
      if (!rowType || !name || !text) continue;
      const place = `${file}:${source.getLineAndCharacterOfPosition(call.getStart(source)).line + 1}`;
      try {
        const row = readRow(rowType, project);
        const values = valuesOf(call.arguments[2], project);
        for (const one of pairs(choices(name), choices(text)))
          statements.push({ name: nameOf(one.name, program), place, ...textOf(one.text, program), row, values });
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        unread.push({ name: nameOf(name, program), place, why: error.message });
      }
    }
  }
  return { statements, unread };
}

function callsIn(source: SourceFile): CallExpression[] {
  const calls: CallExpression[] = [];
  const visit = (node: Node): void => {
    const callee = isCallExpression(node) && node.expression;
    if (callee && isPropertyAccessExpression(callee) && /^rows?$/.test(callee.name.text)) calls.push(node);
    node.forEachChild(visit);
  };
  visit(source);
  return calls;
}

/** Of a call of ours; undefined where `row` is somebody else's. */
function rowTypeOf(call: CallExpression, { checker }: Project): Type | undefined {
  const signature = checker.getResolvedSignature(call);
  if (!signature?.declaration?.path.endsWith('/packages/db/src/sql.ts')) return undefined;
  const promise = checker.getReturnTypeOfSignature(signature);
  const answer = promise?.isTypeReference() && checker.getTypeArguments(promise)[0];
  if (!answer) throw new Error('Sql answers no promise');
  return checker.isArrayType(answer) && answer.isTypeReference()
    ? checker.getTypeArguments(answer)[0]
    : checker.getNonNullableType(answer);
}

function valuesOf(list: Expression | undefined, project: Project): Shape[] | undefined {
  if (!list) return [];
  if (!isArrayLiteralExpression(list) || list.elements.some(isSpreadElement)) return undefined;
  return list.elements.map((element) => {
    const type = project.checker.getTypeAtLocation(element);
    if (!type) throw new Error(`no type of ${element.getText()}`);
    return readType(type, project);
  });
}

/** Of `a ? b : c` both. */
const choices = (node: Expression): Expression[] =>
  isConditionalExpression(node) ? [...choices(node.whenTrue), ...choices(node.whenFalse)] : [node];

/** One name for each text: the same condition chooses both. */
function pairs(names: readonly Expression[], texts: readonly Expression[]): { name: Expression; text: Expression }[] {
  if (names.length === texts.length) return names.map((name, i) => ({ name, text: texts[i]! }));
  throw new Unreadable('a name for several texts');
}

function nameOf(node: Expression, program: Program): string {
  if (isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `*${literal.text}`).join('');
  try {
    const name = evaluate(node, program);
    return typeof name === 'string' ? name : '*';
  } catch (error) {
    if (error instanceof Unreadable) return '*';
    throw error;
  }
}

function textOf(node: Expression, program: Program): { text: string; partly: boolean } {
  const text = evaluate(node, program);
  if (typeof text !== 'string') throw new Unreadable(`a ${typeof text} for a text`);
  return { text: fillHoles(text), partly: text.includes(HOLE) };
}

/** A condition in place of each hole that lets everything through, and names the parameters that are left to it. */
function fillHoles(text: string): string {
  const used = new Set([...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  const missing = Array.from({ length: Math.max(0, ...used) }, (_, i) => i + 1).filter((number) => !used.has(number));
  const condition = ['true', ...missing.map((number) => `$${number}::text is null`)].join(' or ');
  return text.replaceAll(HOLE, `(${condition})`);
}
