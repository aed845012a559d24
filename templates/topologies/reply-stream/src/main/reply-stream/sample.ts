import { rmSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { explain, failure } from './explain'

/** How much is written at a time, in bytes, or a little more. */
const BLOCK_BYTES = 1_000_000

/** The log that is made to try the demo with: one at most, in a folder of its own. */
export class Sample {
  #folder = ''
  #isBusy = false

  get path(): string {
    return join(this.#folder, 'sample.log')
  }

  /**
   * Writes it, in the place of the one before. Leaving the loop deletes it.
   *
   * @returns how many million bytes are written so far.
   * @throws with code `BUSY` while another is written; or what the file system says.
   */
  async *write(megabytes: number): AsyncGenerator<number, void> {
    if (this.#isBusy) throw failure('BUSY', 'A sample is being made already.')
    this.#isBusy = true
    try {
      this.remove()
      this.#folder = await mkdtemp(join(tmpdir(), 'reply-stream-'))
      yield* writeLog(this.path, megabytes)
    } catch (error) {
      throw explain(error, 'sample.log')
    } finally {
      this.#isBusy = false
    }
  }

  /** Deletes it. One that cannot be deleted is left to the system, which clears that folder. */
  remove(): void {
    try {
      if (this.#folder) rmSync(this.#folder, { recursive: true, force: true })
    } catch (error) {
      console.warn('The sample was not deleted:', error)
    }
    this.#folder = ''
  }
}

async function* writeLog(path: string, megabytes: number): AsyncGenerator<number, void> {
  const file = await open(path, 'wx')
  let isDone = false
  try {
    let request = 0
    for (let written = 1; written <= megabytes; written++) {
      let block = ''
      while (block.length < BLOCK_BYTES) block += newEntry((request += 1))
      await file.writeFile(block)
      yield written
    }
    isDone = true
  } finally {
    await file.close()
    if (!isDone) await rm(path, { force: true })
  }
}

/** One line of the log. Every thousandth tells of an error. */
function newEntry(request: number): string {
  const time = new Date(Date.UTC(2026, 0, 1) + request * 37).toISOString()
  const outcome = request % 1000 === 0 ? 'ERROR 500' : 'INFO  200'
  return `${time} ${outcome} request ${request} GET /orders/${(request * 7919) % 100_003}\n`
}
