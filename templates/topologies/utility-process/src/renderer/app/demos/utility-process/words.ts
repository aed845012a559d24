import type { HashStep, LargeFile } from '../../../../contracts/hashes'
import type { ProcessEvent } from '../../../../contracts/processes'
import type { Ending } from '../../../../main/ending'

const ENDINGS: Record<Ending['how'], string> = {
  stopped: 'killed by this app',
  killed: 'killed from outside',
  crashed: 'crashed',
  threw: 'ended by an error that nobody caught',
  exited: 'exited',
}

/** What happened to the indexer, in one line. */
export function describeEvent(event: ProcessEvent): string {
  if (event.kind === 'started') return `started · pid ${event.pid}`
  if (event.kind === 'printed') return event.line
  const code = event.how === 'exited' ? ` with code ${event.code}` : ''
  return `${ENDINGS[event.how]}${code} · ${describeNext(event.restartIn)}`
}

/** What comes after the indexer has ended. */
export function describeNext(restartIn: number | undefined): string {
  if (restartIn === undefined) return 'died too often: stays down'
  return `starts again in ${restartIn} ms`
}

/** How far the work is. */
export function describeStep({ found, done, skipped, digest }: HashStep, seconds: number): string {
  if (digest !== undefined && found.files === 0) return `There is nothing to hash.${but(skipped)}`
  const rate = `${bytesToText(done.bytes / Math.max(seconds, 0.001))}/s`
  if (digest === undefined && done.files === 0 && done.bytes === 0) {
    return `Found ${count(found.files)} so far…`
  }
  if (digest === undefined) {
    return `${done.files.toLocaleString()} of ${count(found.files)} · ${bytesToText(done.bytes)} of ${bytesToText(found.bytes)} · ${rate}`
  }
  const took = seconds < 1 ? `${Math.ceil(1000 * seconds)} ms` : `${seconds.toFixed(1)} s`
  return `${count(found.files)}, ${bytesToText(found.bytes)} in ${took} · ${rate}.${but(skipped)} All of it: ${digest.slice(0, 16)}…`
}

/** What the indexer asks about a large file. */
export function describeQuestion({ path, size }: LargeFile): string {
  return `${path} has ${bytesToText(size)}.`
}

function but(skipped: number): string {
  return skipped === 0 ? '' : ` ${skipped.toLocaleString()} skipped.`
}

function count(files: number): string {
  return files === 1 ? '1 file' : `${files.toLocaleString()} files`
}

function bytesToText(bytes: number): string {
  if (bytes === 1) return '1 byte'
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB']
  const level = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  const value = (bytes / 1000 ** level).toLocaleString(undefined, {
    maximumFractionDigits: level === 0 ? 0 : 1,
  })
  return `${value} ${units[level]}`
}
