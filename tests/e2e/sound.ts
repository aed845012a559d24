const RATE = 8000

/** A WAVE file: a quiet hum, one byte a sample. */
export function newSound(seconds: number): Buffer {
  const bytes = seconds * RATE
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + bytes, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16) // the length of the format
  header.writeUInt16LE(1, 20) // PCM
  header.writeUInt16LE(1, 22) // channel
  header.writeUInt32LE(RATE, 24)
  header.writeUInt32LE(RATE, 28) // bytes a second
  header.writeUInt16LE(1, 32) // bytes a sample
  header.writeUInt16LE(8, 34) // bits a sample
  header.write('data', 36)
  header.writeUInt32LE(bytes, 40)
  return Buffer.concat([header, Buffer.alloc(bytes, 128)])
}
