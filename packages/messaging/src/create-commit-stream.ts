import { Readable } from 'node:stream';

export type CommitStreamParts = {
  /** Runs once, when the first byte is asked for; if it rejects, the stream fails and not a byte is given. */
  beforeFirstByte: () => Promise<void>;
  /** Opens the message; called only after `beforeFirstByte` has resolved. */
  open: () => Readable;
  /**
   * Runs after the last byte of the message was given, before the stream ends (and so before nodemailer adds the dot).
   */
  afterLastByte: () => void;
};

/**
 * A message stream that does not exist until somebody reads it.
 *
 * nodemailer pipes the message into the connection only once the server has answered DATA with 354
 * (`SMTPConnection.send`: the envelope's callback does the piping), and a plain Readable asks its source for nothing
 * before that. The first read is therefore the moment between "the server is ready" and "the first byte leaves", which
 * is where the commit mark belongs. The message's own stream must not take this place: it is a PassThrough and fills
 * its buffer as soon as it is created.
 */
export function createCommitStream({ beforeFirstByte, open, afterLastByte }: CommitStreamParts): Readable {
  let source: Readable | undefined;
  let asked = false;

  const stream = new Readable({
    read() {
      if (source !== undefined) source.resume();
      if (asked) return;
      asked = true;
      beforeFirstByte().then(startFlowing, (error: unknown) => stream.destroy(asError(error)));
    },
    destroy(error, callback) {
      source?.destroy();
      callback(error);
    },
  });

  function startFlowing(): void {
    // The connection may have ended while the mark was being written: then nobody is left to read.
    if (stream.destroyed) return;
    source = open();
    source.on('data', (chunk: Buffer) => {
      if (!stream.push(chunk)) source?.pause();
    });
    source.on('error', (error) => stream.destroy(error));
    source.on('end', () => {
      afterLastByte();
      stream.push(null);
    });
  }

  return stream;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
