/**
 * A Content-Disposition value that downloads under this name in every browser (RFC 6266): the name itself where it is
 * plain ASCII, else also its UTF-8 form. Path separators, control and direction characters become underscores.
 */
export function attachmentHeader(fileName: string): string {
  const name = fileName.toWellFormed().replace(/[\p{Cc}\p{Bidi_Control}/\\]/gu, '_');
  const ascii = name.replace(/[^\x20-\x7e]|["%]/gu, '_');
  if (ascii === name) return `attachment; filename="${name}"`;
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
