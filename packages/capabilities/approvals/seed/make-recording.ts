const RATE = 44_100;

/** Wind over a field: filtered noise that swells, as 16-bit stereo WAV. 10.6 MB a minute. */
export function makeRecording(seed: number, seconds: number): Buffer {
  const frames = RATE * seconds;
  const wav = Buffer.alloc(44 + frames * 4);
  writeHeader(wav, frames * 4);
  const samples = new Int16Array(wav.buffer, wav.byteOffset + 44, frames * 2);
  let state = seed * 747_796_405 + 1;
  let left = 0;
  let right = 0;
  for (let i = 0; i < frames; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const swell = 1200 + 900 * Math.sin((i / RATE) * 0.6 + seed);
    left += ((state >>> 16) / 32_768 - 1 - left / 64) / 8;
    right += ((state & 0xffff) / 32_768 - 1 - right / 64) / 8;
    samples[i * 2] = left * swell;
    samples[i * 2 + 1] = right * swell;
  }
  return wav;
}

/** RIFF header of PCM audio; `bytes` of samples follow. */
function writeHeader(wav: Buffer, bytes: number): void {
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + bytes, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20); // PCM
  wav.writeUInt16LE(2, 22); // stereo
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 4, 28);
  wav.writeUInt16LE(4, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(bytes, 40);
}
