import { expect, test } from 'vitest';
import { attachmentHeader } from './attachment-header.ts';
import { openStorage } from './open-storage.ts';
import { parseS3Url } from './parse-s3-url.ts';

test.each([
  '',
  'objects',
  '/var/objects',
  'http://host/bucket',
  's3://host',
  's3://host/UPPER',
  's3://KEY@host/bucket',
  's3://host/bucket?tls=maybe',
])('STORAGE_URL %j is refused at once, without repeating it', (url) => {
  expect(() => openStorage(url)).toThrow(/^STORAGE_URL/);
});

test('an S3 URL gives endpoint, bucket, region and decoded credentials', () => {
  expect(parseS3Url(new URL('s3://KEY:se%2Fcret@minio.example:9000/windlass?region=eu-central-1&tls=off'))).toEqual({
    endpoint: 'http://minio.example:9000',
    region: 'eu-central-1',
    bucket: 'windlass',
    credentials: { accessKeyId: 'KEY', secretAccessKey: 'se/cret' },
  });
  expect(parseS3Url(new URL('s3://minio.example/windlass'))).toEqual({
    endpoint: 'https://minio.example',
    region: 'us-east-1',
    bucket: 'windlass',
  });
});

test('a presigned URL is signed, expires, and names the download', async () => {
  const storage = openStorage('s3://KEY:SECRET@127.0.0.1:9/windlass?tls=off');
  const url = new URL((await storage.presign('a/b', { seconds: 300, fileName: 'Über "x".zip' })) ?? '');
  await storage.close();
  expect(url.origin + url.pathname).toBe('http://127.0.0.1:9/windlass/a/b');
  expect(url.searchParams.get('X-Amz-Expires')).toBe('300');
  expect(url.searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
  expect(url.searchParams.get('response-content-disposition')).toBe(attachmentHeader('Über "x".zip'));
  expect(url.href).not.toContain('SECRET');
});

test('an unreachable S3 is UNAVAILABLE', async () => {
  const storage = openStorage('s3://KEY:SECRET@127.0.0.1:9/windlass?tls=off');
  await expect(storage.head('a')).rejects.toMatchObject({ name: 'StorageError', code: 'UNAVAILABLE' });
  await storage.close();
});

test('a plain download name is given as it is', () => {
  expect(attachmentHeader('order 17.zip')).toBe('attachment; filename="order 17.zip"');
});

test('a download name cannot break out of its header', () => {
  expect(attachmentHeader('a"; x="\r\n../b\u202etxt.exe')).toBe(
    `attachment; filename="a_; x=___.._b_txt.exe"; filename*=UTF-8''a%22%3B%20x%3D%22__.._b_txt.exe`,
  );
});
