import type { Amount, HashStep, HashedFile } from '../contracts/hashes'

/** The least time between two steps, in milliseconds. */
const STEP_MS = 100

/** The most files that one step names. */
const MAX_LATEST = 20

/** Counts what is found and done, and says from time to time how far it is. */
export class Progress {
  readonly #found: Amount = { files: 0, bytes: 0 }
  readonly #done: Amount = { files: 0, bytes: 0 }
  #skipped = 0
  #latest: HashedFile[] = []
  #lastStep = performance.now()

  get bytesDone(): number {
    return this.#done.bytes
  }

  find(bytes: number): void {
    this.#found.files += 1
    this.#found.bytes += bytes
  }

  read(bytes: number): void {
    this.#done.bytes += bytes
  }

  /** A file is done. Its size counts as it was found, however much of it was read. */
  finish(bytesDone: number): void {
    this.#done.files += 1
    this.#done.bytes = bytesDone
  }

  /** A file that was found is not to be done after all. */
  drop(size: number, bytesDone: number): void {
    this.#found.files -= 1
    this.#found.bytes -= size
    this.#done.bytes = bytesDone
  }

  add(file: HashedFile): void {
    this.#latest = [...this.#latest.slice(1 - MAX_LATEST), file]
  }

  skip(path: string, problem: string): void {
    this.#skipped += 1
    this.add({ path, problem })
  }

  /** Whether it is time for another step. */
  isDue(): boolean {
    return performance.now() - this.#lastStep >= STEP_MS
  }

  take(): HashStep {
    const latest = this.#latest
    this.#latest = []
    this.#lastStep = performance.now()
    return { found: { ...this.#found }, done: { ...this.#done }, skipped: this.#skipped, latest }
  }
}
