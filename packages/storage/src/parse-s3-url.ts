export type S3Settings = {
  endpoint: string;
  region: string;
  bucket: string;
  /** Without them the AWS SDK looks for a role or profile of the machine. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
};

const EXAMPLE = 'STORAGE_URL for S3 must look like s3://KEY:SECRET@host:port/bucket?region=eu-central-1&tls=on.';

/**
 * Reads `s3://KEY:SECRET@host:port/bucket`. TLS is on unless `tls=off`; the region is us-east-1 unless given. Throws on
 * anything else.
 */
export function parseS3Url(url: URL): S3Settings {
  const bucket = url.pathname.slice(1);
  const tls = url.searchParams.get('tls') ?? 'on';
  const isFine =
    url.host !== '' && /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) && (tls === 'on' || tls === 'off');
  // The URL is not repeated: it holds the secret.
  if (!isFine || (url.username === '') !== (url.password === '')) throw new Error(EXAMPLE);

  const settings: S3Settings = {
    endpoint: `${tls === 'off' ? 'http' : 'https'}://${url.host}`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    bucket,
  };
  if (url.username === '') return settings;
  const credentials = {
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  };
  return { ...settings, credentials };
}
