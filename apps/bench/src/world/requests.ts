/** The bytes of a query and of a mutation as a browser sends them, with the session's cookie. */
export const queryRequest = (path: string, cookie: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nAccept: */*\r\n\r\n`;

export function mutationRequest(path: string, cookie: string, input: unknown): string {
  const body = JSON.stringify(input);
  return (
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

export const trpcQuery = (name: string, input: unknown): string =>
  `/api/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`;
