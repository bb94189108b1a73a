import type { ServerServices } from '../../kit/server-context.ts';
import type { UploadPlan } from '../contract.ts';
import { uploadName } from '../link-token.ts';
import type { FoundBytes } from './find-bytes.ts';
import type { OpenUpload } from './upload-scope.ts';

type Found = Exclude<FoundBytes, { state: 'lost' }>;
const NOTHING: Found = { state: 'arriving', size: 0, parts: [] };

/** How the bytes of an upload are sent: all of them, or what is missing beside those that were found. */
export function planUpload(services: ServerServices, upload: OpenUpload, found: Found = NOTHING): UploadPlan {
  const { id, sizeBytes } = upload;
  const {
    storage: { uploads },
    settings,
  } = services;
  const common = { uploadId: id, arrived: found.state !== 'arriving' };
  if (uploads.kind === 'folder') {
    const url = `${settings.publicUrl}/api/uploads/${uploadName(settings.linkSecret, id)}`;
    return { ...common, protocol: 'tus', url, partBytes: 0, partsThere: [] };
  }
  const { partBytes } = uploads;
  const all = Array.from({ length: Math.max(1, Math.ceil(sizeBytes / partBytes)) }, (_, i) => i + 1);
  const partsThere = found.state === 'arriving' ? found.parts : all;
  return { ...common, protocol: 'parts', url: null, partBytes, partsThere };
}
