import { Readable } from 'node:stream';

export type CommitStreamParts = {
  /** Runs once, when the first byte is asked for: the server has said that it is ready. */
  beforeFirstByte: () => void;
  /** Opens the message; called only after `beforeFirstByte`. */
  open: () => Readable;
  /**
   * Runs once, after the last byte of the message was given; the stream ends when it has resolved, and nodemailer then
   * adds the dot. If it rejects, the stream fails, and the server gets no dot.
   */
  beforeDot: () => Promise<void>;
  /** The dot goes out now. */
  onDot: () => void;
};

/**
 * A message is made of many small pieces, and each would be a packet of its own: they are given on together, in bytes.
 */
const PIECE = 65_536;

/**
 * A message stream that does not exist until somebody reads it, and that ends only when it may.
 *
 * Without the dot a server keeps nothing of a message (RFC 5321, 4.1.1.4), so the commit mark belongs right before it:
 * whoever dies earlier has sent nothing, however much of the message had gone out. nodemailer pipes the message into
 * the connection only once the server has answered DATA with 354 (`SMTPConnection.send`: the envelope's callback does
 * the piping), and a plain Readable asks its source for nothing before that. The message's own stream must not take
 * this place: it is a PassThrough and fills its buffer as soon as it is created.
 */
export function createCommitStream({ beforeFirstByte, open, beforeDot, onDot }: CommitStreamParts): Readable {
  let source: Readable | undefined;
  /** All of the message was given. */
  let given = false;
  let asked = false;

  const stream = new Readable({
    read() {
      source ??= startFlowing();
      if (given) askForDot();
      else source.resume();
    },
    destroy(error, callback) {
      source?.destroy();
      callback(error);
    },
  });

  function startFlowing(): Readable {
    beforeFirstByte();
    const message = open();
    let gathered: Buffer[] = [];
    let size = 0;
    const give = () => {
      if (!stream.push(Buffer.concat(gathered))) message.pause();
      [gathered, size] = [[], 0];
    };
    message.on('data', (chunk: Buffer) => {
      gathered.push(chunk);
      size += chunk.length;
      if (size >= PIECE) give();
    });
    message.on('error', (error) => stream.destroy(error));
    message.on('end', () => {
      if (size > 0) give();
      given = true;
      askForDot();
    });
    return message;
  }

  /** Not while the connection has yet to take some of the message. */
  function askForDot(): void {
    if (asked || stream.readableLength > 0) return;
    asked = true;
    beforeDot().then(end, (error: unknown) => stream.destroy(asError(error)));
  }

  function end(): void {
    // The connection may have ended while the mark was being written: then no dot goes out.
    if (stream.destroyed) return;
    onDot();
    stream.push(null);
  }

  return stream;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
