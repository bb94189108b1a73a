/** A GIF of frames of one pixel each; the screen's size is what it says it is. */
export function writeGif({
  width,
  height,
  frames,
  comment,
}: {
  width: number;
  height: number;
  frames: number;
  comment?: string;
}): Buffer {
  const screen = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  screen.writeUInt16LE(width, 6);
  screen.writeUInt16LE(height, 8);
  const delay = Buffer.from([0x21, 0xf9, 4, 0, 1, 0, 0, 0]);
  const picture = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  const frame = Buffer.concat([delay, picture]);
  const remark =
    comment === undefined
      ? []
      : [Buffer.from([0x21, 0xfe, comment.length]), Buffer.from(comment, 'latin1'), Buffer.from([0])];
  return Buffer.concat([screen, ...remark, Buffer.alloc(frame.length * frames, frame), Buffer.from([0x3b])]);
}
