import { CodeBlock } from '@windlass/ui/code-block';

/** What was said between us and the mail server, without the message itself. */
export function Conversation({
  attempt,
  lines,
}: {
  attempt: number;
  lines: readonly { at: number; who: 'client' | 'server'; line: string }[];
}) {
  if (lines.length === 0) return <p className="text-muted">No word was exchanged.</p>;
  return (
    <CodeBlock
      label={`Conversation of attempt ${attempt}`}
      lines={lines.map(({ who, line }) => ({ from: who, text: line }))}
    />
  );
}
