import { Fragment } from 'react';
import { CopyButton } from './copy-button.tsx';
import { cx } from './cx.tsx';

export type ConversationLine = {
  /** Who said it: we (client), they (server), or a remark between the lines. */
  from: 'client' | 'server' | 'note';
  text: string;
};

const marks = { client: '→', server: '←', note: ' ' };
const spoken = { client: 'We said:', server: 'They said:', note: 'Note:' };

/** What was said on the wire, line by line, word for word; the whole can be copied. Long lines scroll sideways. */
export function CodeBlock({
  label,
  lines,
}: {
  /** "Conversation with mx.example.org". */
  label: string;
  lines: readonly ConversationLine[];
}) {
  const whole = lines.map((line) => `${marks[line.from]} ${line.text}`).join('\n');
  return (
    <figure aria-label={label} className="overflow-hidden rounded-md border">
      <figcaption className="flex items-center justify-between gap-3 border-b bg-sunken py-1 pr-1 pl-3 text-xs text-muted">
        <span className="min-w-0 truncate">{label}</span>
        <CopyButton size="sm" variant="quiet" value={whole}>
          Copy
        </CopyButton>
      </figcaption>
      {/* Focusable, so that the keyboard can scroll it. */}
      <div
        tabIndex={0}
        role="group"
        aria-label={label}
        className="max-h-80 overflow-auto py-2 font-mono text-xs -outline-offset-2"
      >
        <div className="grid w-max min-w-full grid-cols-[auto_1fr] gap-x-2.5 px-3 leading-5">
          {lines.map((line, index) => (
            <Fragment key={index}>
              <span aria-hidden className="text-faint select-none">
                {marks[line.from]}
              </span>
              <span
                className={cx(
                  'whitespace-pre',
                  line.from === 'server' && 'text-muted',
                  line.from === 'note' && 'font-sans text-faint',
                )}
              >
                <span className="sr-only">{spoken[line.from]} </span>
                {line.text}
              </span>
            </Fragment>
          ))}
        </div>
      </div>
    </figure>
  );
}
