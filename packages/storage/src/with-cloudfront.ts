import { createPrivateKey, createSign, type KeyObject } from 'node:crypto';
import { attachmentHeader } from './attachment-header.ts';
import { checkKey } from './check-key.ts';
import type { Storage } from './storage.ts';

export type CloudFront = {
  /** `https://d111111abcdef8.cloudfront.net`, without a slash at the end; its origin is the bucket. */
  url: string;
  keyPairId: string;
  /** PEM of the key pair's private half. */
  privateKey: string;
  /** How long a link through it lives, in seconds. It may be longer than a storage's own: a cache serves it. */
  seconds: number;
};

/** The storage it is given, but downloads are served by CloudFront, with URLs signed by a canned policy. */
export function withCloudFront(storage: Storage, cdn: CloudFront): Storage {
  const key = createPrivateKey(cdn.privateKey);
  return {
    ...storage,
    async presign(objectKey, { fileName }) {
      checkKey(objectKey);
      const path = objectKey.split('/').map(encodeURIComponent).join('/');
      const query =
        fileName === undefined ? '' : `?response-content-disposition=${encodeURIComponent(attachmentHeader(fileName))}`;
      const expires = Math.floor(Date.now() / 1000) + cdn.seconds;
      return signCloudFrontUrl(`${cdn.url}/${path}${query}`, { expires, keyPairId: cdn.keyPairId, key });
    },
  };
}

/**
 * `expires`: seconds since the epoch. The policy is not sent along: CloudFront makes the same from the URL (canned
 * policy).
 */
export function signCloudFrontUrl(
  url: string,
  { expires, keyPairId, key }: { expires: number; keyPairId: string; key: KeyObject },
): string {
  const policy = JSON.stringify({
    Statement: [{ Resource: url, Condition: { DateLessThan: { 'AWS:EpochTime': expires } } }],
  });
  // RSA with SHA-1 is what CloudFront takes; its base64 leaves out what a URL cannot hold.
  const signature = createSign('RSA-SHA1')
    .update(policy)
    .sign(key, 'base64')
    .replaceAll('+', '-')
    .replaceAll('=', '_')
    .replaceAll('/', '~');
  return `${url}${url.includes('?') ? '&' : '?'}Expires=${expires}&Signature=${signature}&Key-Pair-Id=${keyPairId}`;
}
