/** The part of the test server that is used here; it brings no types. It is a Koa application. */
declare module '@20minutes/s3rver' {
  type Context = {
    method: string;
    query: Record<string, string | undefined>;
    status: number;
    type: string;
    body: unknown;
  };
  export type Answering = (ctx: Context, next: () => Promise<void>) => Promise<void>;
  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      silent: boolean;
      directory: string;
      configureBuckets: { name: string; configs: string[] }[];
    });
    middleware: Answering[];
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
  }
}
