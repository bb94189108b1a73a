import { answeredError, type UploadCalls, UploadHindered } from '../upload/upload-calls.ts';
import type { UploadPlan } from '../contract.ts';
import type { ErrorAnswer } from '../../kit/refusal.ts';
import type { PortalOrder } from '../portal-contract.ts';

export type PortalApi = UploadCalls & {
  read: () => Promise<PortalOrder>;
  decide: (input: {
    id: string;
    decision: 'approve' | 'request-changes';
    note?: string;
  }) => Promise<{ message: string }>;
};

/**
 * The server, for whoever holds this link. The token goes in a header, so that it stands in no log. Throws
 * UploadRefused where the server has decided, and anything else where it could not be asked or cannot now.
 */
export function createPortalApi(token: string): PortalApi {
  const call = async <Answer>(word: string, input: object): Promise<Answer> => {
    const answer = await fetch(`/api/portal/artwork/${word}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-link-token': token },
      body: JSON.stringify(input),
    });
    const body = (await answer.json()) as Answer & { error?: ErrorAnswer };
    if (answer.ok) return body;
    throw body.error ? answeredError(body.error) : new UploadHindered(`The server answered ${answer.status}.`);
  };
  return {
    read: () => call<PortalOrder>('read', {}),
    decide: (input) => call('decide', input),
    start: (facts) => call<UploadPlan>('start', facts),
    resume: (uploadId) => call<UploadPlan>('resume', { uploadId }),
    partUrls: async (uploadId, parts) =>
      (await call<{ urls: { part: number; url: string }[] }>('part-urls', { uploadId, parts })).urls,
    finish: (uploadId) => call('finish', { uploadId }),
    abandon: (uploadId) => call('abandon', { uploadId }),
  };
}
