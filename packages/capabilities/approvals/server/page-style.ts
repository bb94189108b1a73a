/** The look of the customer's pages: the house's colours, written out, because these pages load nothing else. */
export const PAGE_STYLE = `
:root { --canvas: #f6f7f8; --card: #fff; --ink: #1b2125; --muted: #56626a; --line: #dfe4e8; --accent: #0b6477; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --canvas: #14181a; --card: #1c2124; --ink: #e7ecef; --muted: #9aa6ad; --line: #323a3f; --accent: #5cc0d4; --on-accent: #0c1a1e; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 24px 16px; background: var(--canvas); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', sans-serif; }
main { width: min(100%, 440px); }
.shop { margin: 0 0 12px; text-align: center; color: var(--muted); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 28px 24px; }
h1 { margin: 0 0 4px; font-size: 21px; line-height: 1.3; overflow-wrap: anywhere; }
p { margin: 0 0 16px; } .card p:last-child { margin-bottom: 0; }
.quiet { color: var(--muted); font-size: 14px; }
ul { list-style: none; margin: 18px 0; padding: 0; border-top: 1px solid var(--line); max-height: 45dvh; overflow: auto; }
li { display: flex; justify-content: space-between; gap: 16px; padding: 8px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.size { color: var(--muted); white-space: nowrap; font-variant-numeric: tabular-nums; }
.button { display: block; width: 100%; margin: 18px 0 14px; padding: 12px 16px; border: 0; border-radius: 8px; background: var(--accent);
  color: var(--on-accent); font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
.button span { font-weight: 400; }
.button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
`;
