/** What uploads may promise, in bytes and starts. README.md has the variables. */
export type UploadLimits = {
  /** One customer's link within 24 hours. */
  linkBytes: number;
  linkStarts: number;
  /** All artwork of a shop, stored and on its way. */
  shopBytes: number;
};

declare module '../kit/server-context.ts' {
  interface CapabilitySettings {
    uploadLimits: UploadLimits;
  }
}

const GB = 1e9;

/** From the environment's words, which are in GB. */
export const uploadLimits = (env: {
  UPLOAD_LINK_GB: number;
  UPLOAD_LINK_STARTS: number;
  UPLOAD_SHOP_GB: number;
}): UploadLimits => ({
  linkBytes: Math.round(env.UPLOAD_LINK_GB * GB),
  linkStarts: env.UPLOAD_LINK_STARTS,
  shopBytes: Math.round(env.UPLOAD_SHOP_GB * GB),
});
