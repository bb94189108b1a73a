/** What sending files uses of a page and Node has not: the page's own code is run here against a real server. */
declare class XMLHttpRequest {
  readonly status: number;
  readonly upload: { onprogress: ((event: { loaded: number }) => void) | null };
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onloadend: (() => void) | null;
  open(method: string, url: string): void;
  send(body: Blob): void;
  abort(): void;
}
declare function addEventListener(type: 'online', listener: () => void): void;
declare function removeEventListener(type: 'online', listener: () => void): void;
