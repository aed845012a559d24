import { StringDecoder } from 'node:string_decoder'
import type { Line } from '../../contracts/lines'

/** The longest line, in UTF-16 code units. The rest of a longer one is dropped, not kept in memory. */
export const MAX_LINE = 2000

/** Room to see whether the line goes on, or ends here with CR LF. */
const KEPT = MAX_LINE + 2

const BYTE_ORDER_MARK = /^\uFEFF/

/** Makes lines of bytes that come in chunks, which may break anywhere: in a line, in a character. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8')
  #linesRead = 0
  /** How the line begins whose end has not come yet. */
  #start = ''

  /** How many lines have ended so far. */
  get linesRead(): number {
    return this.#linesRead
  }

  /** Gives the lines that end in this chunk. */
  *push(chunk: Uint8Array): Generator<Line> {
    yield* this.#split(
      this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)),
    )
  }

  /** Gives what follows after the last line break, if anything does. */
  *end(): Generator<Line> {
    yield* this.#split(this.#decoder.end())
    if (this.#start) yield this.#take()
  }

  *#split(text: string): Generator<Line> {
    let from = 0
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      this.#keep(text, from, at)
      from = at + 1
      yield this.#take()
    }
    this.#keep(text, from, text.length)
  }

  #keep(text: string, from: number, to: number): void {
    this.#start += text.slice(from, Math.min(to, from + KEPT - this.#start.length))
  }

  #take(): Line {
    this.#linesRead += 1
    const whole = this.#start.endsWith('\r') ? this.#start.slice(0, -1) : this.#start
    this.#start = ''
    const text = whole.length > MAX_LINE ? `${whole.slice(0, MAX_LINE)}…` : whole
    const isFirst = this.#linesRead === 1
    return { number: this.#linesRead, text: isFirst ? text.replace(BYTE_ORDER_MARK, '') : text }
  }
}
