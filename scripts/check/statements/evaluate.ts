import { type Node, NodeFlags, SyntaxKind } from 'typescript/unstable/ast';
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isAsExpression,
  isBinaryExpression,
  isBindingElement,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isFunctionDeclaration,
  isIdentifier,
  isNonNullExpression,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isSatisfiesExpression,
  isShorthandPropertyAssignment,
  isStringLiteral,
  isTemplateExpression,
  isVariableDeclaration,
  isVariableStatement,
} from 'typescript/unstable/ast/is';
import { type Project, type Symbol, SymbolFlags } from 'typescript/unstable/sync';
import type { Program } from './open-program.ts';

/** Depends on what is known at run time alone, or is written in a way that this does not read. */
export class Unreadable extends Error {}

/** Stands in a text for a condition that is chosen at run time. */
export const HOLE = '\u0000';
const BEFORE_CONDITION = /\b(where|and|or|on)\s+$/i;

/** Parameters of the functions that are being evaluated. */
type Scope = ReadonlyMap<Node, () => unknown>;
const NOWHERE: Scope = new Map();
/** A function of the program, called with its arguments yet unevaluated: some may not be needed. */
class Callable {
  readonly call: (args: readonly (() => unknown)[]) => unknown;
  constructor(call: Callable['call']) {
    this.call = call;
  }
}

/**
 * The value of an expression that is the same in every run: constants of any file, templates, functions of one
 * expression or of constants and a return, whatever contracts and rules export. A condition that is not is left out of
 * a text as a `HOLE`. Throws `Unreadable` for everything else.
 */
export function evaluate(node: Node, program: Program): unknown {
  return new Evaluator(program).evaluate(node, NOWHERE);
}

class Evaluator {
  readonly #project: Project;
  readonly #pure: Program['pure'];

  constructor({ project, pure }: Program) {
    this.#project = project;
    this.#pure = pure;
  }

  evaluate(node: Node, scope: Scope): unknown {
    const inner = (one: Node) => this.evaluate(one, scope);
    if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text;
    if (isNumericLiteral(node)) return Number(node.text);
    if (
      isParenthesizedExpression(node) ||
      isAsExpression(node) ||
      isSatisfiesExpression(node) ||
      isNonNullExpression(node)
    )
      return inner(node.expression);
    if (isTemplateExpression(node))
      return node.templateSpans.reduce(
        (text, span) => text + this.#span(span.expression, text, scope) + span.literal.text,
        node.head.text,
      );
    if (isIdentifier(node)) return this.#named(this.#project.checker.getSymbolAtLocation(node), scope);
    if (isArrayLiteralExpression(node)) return node.elements.map(inner);
    if (isObjectLiteralExpression(node)) return this.#object(node.properties, scope);
    if (isBinaryExpression(node)) return calculate(node.operatorToken.kind, inner(node.left), () => inner(node.right));
    if (isConditionalExpression(node)) return inner(inner(node.condition) ? node.whenTrue : node.whenFalse);
    if (isPropertyAccessExpression(node)) return property(inner(node.expression), node.name.text);
    if (isElementAccessExpression(node))
      return property(inner(node.expression), String(inner(node.argumentExpression)));
    if (isArrowFunction(node)) return this.#callable(node.parameters, node.body, scope);
    if (isCallExpression(node)) {
      const callee = inner(node.expression);
      const args = node.arguments.map((one) => () => inner(one));
      if (callee instanceof Callable) return callee.call(args);
      if (typeof callee === 'function') return callee(...args.map((arg) => toNative(arg())));
    }
    throw new Unreadable(SyntaxKind[node.kind]);
  }

  #span(node: Node, before: string, scope: Scope): string {
    try {
      const value = this.evaluate(node, scope);
      if (typeof value === 'string' || typeof value === 'number') return String(value);
      throw new Unreadable(`a ${typeof value} in a text`);
    } catch (error) {
      if (error instanceof Unreadable && BEFORE_CONDITION.test(before)) return HOLE;
      throw error;
    }
  }

  #named(symbol: Symbol | undefined, scope: Scope): unknown {
    if (!symbol) throw new Unreadable('nothing of that name');
    const { checker } = this.#project;
    const meant = symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const declaration = meant.valueDeclaration?.resolve(this.#project);
    if (!declaration) throw new Unreadable(symbol.name);
    const exported = this.#pure.get(declaration.getSourceFile().fileName)?.[meant.name];
    if (exported !== undefined) return exported;
    const parameter = scope.get(declaration);
    if (parameter) return parameter();
    if (isFunctionDeclaration(declaration) && declaration.body)
      return this.#callable(declaration.parameters, declaration.body, NOWHERE);
    if (isBindingElement(declaration)) return this.#bound(declaration, scope);
    if (isVariableDeclaration(declaration) && declaration.initializer && isConst(declaration))
      return this.evaluate(declaration.initializer, scope);
    throw new Unreadable(symbol.name);
  }

  /** `const { name: declared } = initializer`, or the same of a parameter. */
  #bound(declaration: Node, scope: Scope): unknown {
    if (!isBindingElement(declaration) || !isObjectBindingPattern(declaration.parent)) throw new Unreadable('a list');
    const key = declaration.propertyName ?? declaration.name;
    const from = declaration.parent.parent;
    if (!key || !isIdentifier(key)) throw new Unreadable('a nested name');
    const parameter = scope.get(from);
    if (parameter) return property(parameter(), key.text);
    if (isVariableDeclaration(from) && from.initializer && isConst(from))
      return property(this.evaluate(from.initializer, scope), key.text);
    throw new Unreadable(key.text);
  }

  /** Each property is evaluated when it is asked for: another may not be readable. */
  #object(properties: readonly Node[], scope: Scope): object {
    const made = {};
    for (const one of properties) {
      let value: () => unknown;
      if (isPropertyAssignment(one) && (isIdentifier(one.name) || isStringLiteral(one.name)))
        value = () => this.evaluate(one.initializer, scope);
      else if (isShorthandPropertyAssignment(one))
        value = () => this.#named(this.#project.checker.getShorthandAssignmentValueSymbol(one), scope);
      else throw new Unreadable(SyntaxKind[one.kind]);
      Object.defineProperty(made, (one.name as { text: string }).text, { get: value, enumerable: true });
    }
    return made;
  }

  #callable(parameters: readonly Node[], body: Node, scope: Scope): Callable {
    return new Callable((args) => {
      const own = new Map(scope);
      for (const [i, parameter] of parameters.entries()) {
        const byDefault = isParameterDeclaration(parameter) && parameter.initializer;
        const value = args[i] ?? (byDefault ? () => this.evaluate(byDefault, own) : undefined);
        if (value) own.set(parameter, value);
      }
      return this.evaluate(isBlock(body) ? returned(body.statements) : body, own);
    });
  }
}

/** What a body answers that does nothing but name constants before. */
function returned(statements: readonly Node[]): Node {
  const last = statements.at(-1);
  if (statements.slice(0, -1).every(isVariableStatement) && last && isReturnStatement(last) && last.expression)
    return last.expression;
  throw new Unreadable('a function of more than constants');
}

const isConst = (declaration: Node): boolean => (declaration.parent.flags & NodeFlags.Const) !== 0;

/** Methods of strings and lists are the real ones. */
function property(value: unknown, name: string): unknown {
  if (value === null || value === undefined) throw new Unreadable(`.${name} of nothing`);
  const found = (value as Record<string, unknown>)[name];
  if (found === undefined) throw new Unreadable(`.${name}`);
  // A method of its own; what has properties itself, such as the definition of an event, is a thing.
  return typeof found === 'function' && Object.keys(found).length === 0 ? found.bind(value) : found;
}

const toNative = (value: unknown): unknown =>
  value instanceof Callable ? (...args: unknown[]) => value.call(args.map((arg) => () => arg)) : value;

function calculate(operator: SyntaxKind, left: unknown, right: () => unknown): unknown {
  if (operator === SyntaxKind.BarBarToken) return left || right();
  if (operator === SyntaxKind.AmpersandAmpersandToken) return left && right();
  if (operator === SyntaxKind.QuestionQuestionToken) return left ?? right();
  if (operator === SyntaxKind.EqualsEqualsEqualsToken) return left === right();
  const other = right();
  if (operator === SyntaxKind.PlusToken && typeof left === 'string' && typeof other === 'string') return left + other;
  if (typeof left !== 'number' || typeof other !== 'number') throw new Unreadable(SyntaxKind[operator]);
  if (operator === SyntaxKind.PlusToken) return left + other;
  if (operator === SyntaxKind.MinusToken) return left - other;
  if (operator === SyntaxKind.AsteriskToken) return left * other;
  if (operator === SyntaxKind.SlashToken) return left / other;
  throw new Unreadable(SyntaxKind[operator]);
}
