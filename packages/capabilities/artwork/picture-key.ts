/** Where a made picture is stored. The hash is of all the bytes made with it, so equal pictures are one object. */
export const pictureKey = (hash: string, name: string, format: string): string => `pictures/${hash}/${name}.${format}`;
