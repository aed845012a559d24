import { type Line, type LineBatch, toPattern } from '../../contracts/lines'
import { LineSplitter } from './line-splitter'

/** What goes into one item of the stream: at most two bytes a character, and some for each line. */
const FULL = { lines: 100, characters: 16 * 1024 }

/**
 * Makes batches of lines from the chunks of a file: at least one for each chunk, so that a search
 * without a match can be followed, paused and cancelled as well.
 *
 * @param search  Text that a line must have, in upper or lower case; empty for all lines.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  search: string,
): AsyncGenerator<LineBatch, void> {
  const pattern = toPattern(search)
  const splitter = new LineSplitter()
  let bytesRead = 0
  const toBatch = (lines: Line[], linesRead = splitter.linesRead): LineBatch => ({
    lines,
    linesRead,
    bytesRead,
  })
  function* inBatches(found: Iterable<Line>): Generator<LineBatch> {
    let batch: Line[] = []
    let characters = 0
    for (const line of found) {
      if (!pattern.test(line.text)) continue
      if (batch.length === FULL.lines || characters + line.text.length > FULL.characters) {
        yield toBatch(batch, line.number - 1)
        batch = []
        characters = 0
      }
      batch.push(line)
      characters += line.text.length
    }
    yield toBatch(batch)
  }

  for await (const chunk of chunks) {
    bytesRead += chunk.length
    yield* inBatches(splitter.push(chunk))
  }
  yield* inBatches(splitter.end())
}
