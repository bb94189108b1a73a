import type { ErrorAnswer } from '@windlass/capabilities/kit/refusal';
import type { inferRouterOutputs } from '@trpc/server';
import type { appRouter } from '@windlass/server/app-router';

type Outputs = inferRouterOutputs<typeof appRouter>;
/** `orders.list`, `approvals.approve`, ...: one that is renamed does not compile here. */
export type ProcedureName = {
  [Slice in keyof Outputs]: `${Slice & string}.${keyof Outputs[Slice] & string}`;
}[keyof Outputs];
export type OutputOf<Name> = Name extends `${infer Slice extends keyof Outputs & string}.${infer Verb}`
  ? Verb extends keyof Outputs[Slice]
    ? Outputs[Slice][Verb]
    : never
  : never;

export type Answer = { status: number; headers: Headers; text: string };
export type Called<Output> = Answer & { data?: Output; error?: ErrorAnswer };
type Headed = Record<string, string>;

export type Visitor = {
  /** The Cookie header it sends; empty: nobody. */
  cookie: string;
  get(path: string, headers?: Headed): Promise<Answer>;
  /** `body` as it is when a string, else as JSON. */
  post(path: string, body: unknown, headers?: Headed): Promise<Answer>;
  query<Name extends ProcedureName>(name: Name, input?: unknown): Promise<Called<OutputOf<Name>>>;
  mutate<Name extends ProcedureName>(name: Name, input?: unknown, headers?: Headed): Promise<Called<OutputOf<Name>>>;
};

/** Somebody with an HTTP client. `url` is asked for at each request, because a restarted house may be elsewhere. */
export function openVisitor(url: () => string, cookie = ''): Visitor {
  const send = async (path: string, init: RequestInit & { headers?: Headed }): Promise<Answer> => {
    // On one machine compression gains nothing, and took a third of the time.
    const headers = {
      'accept-encoding': 'identity',
      ...(visitor.cookie && { cookie: visitor.cookie }),
      ...init.headers,
    };
    const response = await fetch(url() + path, { redirect: 'manual', ...init, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const visitor: Visitor = {
    cookie,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body, headers = {}) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    query: async (name, input) => {
      const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
      return unwrap(await visitor.get(`/api/trpc/${name}${search}`));
    },
    mutate: async (name, input, headers = {}) => unwrap(await visitor.post(`/api/trpc/${name}`, input ?? {}, headers)),
  };
  return visitor;
}

/** tRPC's envelope taken off. An answer that never reached tRPC has the house's own form. */
function unwrap<Output>(answer: Answer): Called<Output> {
  const body = JSON.parse(answer.text) as { result?: { data: Output }; error?: ErrorAnswer & { data?: ErrorAnswer } };
  return {
    ...answer,
    ...(body.result && { data: body.result.data }),
    ...(body.error && { error: body.error.data ?? body.error }),
  };
}

/** The data of a call that must have worked; else says what it answered. */
export function dataOf<Output>(called: Called<Output>): Output {
  if (called.status !== 200 || called.data === undefined)
    throw new Error(`answered ${called.status}: ${called.text.slice(0, 500)}`);
  return called.data;
}

/** `{ error: { code, ... } }` of a route that is not tRPC. */
export const errorOf = (answer: Answer): ErrorAnswer => (JSON.parse(answer.text) as { error: ErrorAnswer }).error;
