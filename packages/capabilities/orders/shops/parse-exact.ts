/**
 * JSON with every number as the text it was sent as: Shopify's ids pass 2^53, and an amount must never be a float.
 * Throws a SyntaxError on what is no JSON.
 */
export function parseExact(text: string): unknown {
  const keepText = (_key: string, value: unknown, context: { source: string }): unknown =>
    typeof value === 'number' ? context.source : value;
  return JSON.parse(text, keepText as (key: string, value: unknown) => unknown);
}
