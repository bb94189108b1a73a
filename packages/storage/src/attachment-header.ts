/**
 * A Content-Disposition value that downloads under this name in every browser (RFC 6266): an ASCII name for the oldest, the full one
 * in UTF-8 for the rest. Path separators and control characters become underscores.
 */
export function attachmentHeader(fileName: string): string {
  const name = fileName.toWellFormed().replace(/[\p{Cc}\p{Bidi_Control}/\\]/gu, '_');
  const ascii = name.replace(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
