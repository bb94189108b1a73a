import { OpenAPIHono } from '@hono/zod-openapi';
import { answerThrown, type HttpEnv } from '@windlass/capabilities/kit/http';
import type { ServerHost } from '@windlass/capabilities/kit/server-plug';
import { plugList } from './plugs.ts';

/** The interface for other programs, below /api/v1: what each capability offers there, in one document. */
export function publicApi(host: ServerHost): OpenAPIHono<HttpEnv> {
  const api = new OpenAPIHono<HttpEnv>();
  api.onError((error, c) => answerThrown(c, error));
  api.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key from Settings.',
  });
  for (const plug of plugList) if (plug.api) api.route('/', plug.api(host));
  return api;
}
