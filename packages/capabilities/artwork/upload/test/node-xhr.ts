import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** How the line is, for all requests of a test. */
export const wire = {
  /** Whoever asks is not connected. */
  down: false,
  /** A pause after each piece of 64 kB, in ms. */
  pieceMs: 0,
  /** Once so many bytes of bodies have gone out, the next stay where they are until this is raised. */
  holdAt: Infinity,
  /** Bytes of bodies that have gone out, lost ones included. */
  bodyBytes: 0,
  /** Requests under way, and the most there ever were. */
  open: 0,
  mostOpen: 0,
  reset() {
    Object.assign(wire, { down: false, pieceMs: 0, holdAt: Infinity, bodyBytes: 0, open: 0, mostOpen: 0 });
  },
};

const PIECE = 64 * 1024;

/** What the uploads use of a browser's XMLHttpRequest, over real sockets: Node has none of its own. */
export class NodeXhr {
  status = 0;
  responseText = '';
  upload: { onprogress?: (event: { loaded: number; lengthComputable: boolean }) => void } = { onprogress: () => {} };
  onload?: () => void;
  onerror?: (event: object) => void;
  onloadend?: () => void;
  withCredentials = false;
  #method = '';
  #url = '';
  #headers: Record<string, string> = {};
  #answered: http.IncomingHttpHeaders = {};
  #stop = new AbortController();

  open(method: string, url: string): void {
    this.#method = method;
    this.#url = url;
  }
  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value;
  }
  getResponseHeader(name: string): string | null {
    return (this.#answered[name.toLowerCase()] as string | undefined) ?? null;
  }
  abort(): void {
    this.#stop.abort();
  }
  send(body: Blob | null = null): void {
    wire.open += 1;
    wire.mostOpen = Math.max(wire.mostOpen, wire.open);
    this.#go(body)
      .then(
        () => this.onload?.(),
        (error: unknown) => this.#stop.signal.aborted || this.onerror?.({ error }),
      )
      .finally(() => {
        wire.open -= 1;
        this.onloadend?.();
      });
  }
  async #go(body: Blob | null): Promise<void> {
    const bytes = new Uint8Array(await (body ?? new Blob([])).arrayBuffer());
    if (wire.down) throw new Error('not connected');
    const { signal } = this.#stop;
    const request = http.request(this.#url, {
      method: this.#method,
      headers: { ...this.#headers, ...(body && { 'content-length': bytes.length }) },
      signal,
      agent: false,
    });
    const answer = new Promise<http.IncomingMessage>((resolve, reject) =>
      request.on('response', resolve).on('error', reject),
    );
    answer.catch(() => {}); // awaited below, perhaps only after it has failed
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      request.write(piece);
      wire.bodyBytes += piece.length;
      this.upload.onprogress?.({ loaded: at + piece.length, lengthComputable: true });
      do await sleep(wire.pieceMs, undefined, { signal });
      while (wire.bodyBytes >= wire.holdAt && !wire.down);
      if (wire.down) {
        request.destroy();
        throw new Error('the line broke');
      }
    }
    request.end();
    const response = await answer;
    for await (const text of response.setEncoding('utf8')) this.responseText += text as string;
    this.#answered = response.headers;
    this.status = response.statusCode!;
  }
}
