import { type Editor, MAX_CHARACTERS, type Preview } from '../../../../contracts/document'
import type { Channel } from '../../../../ports/channel/channel'
import { Link } from '../../../../ports/link'
import { markOf } from '../../../preview/markdown'
import { editsBetween, replace } from '../../../sync/edits'
import { SharedScroll } from '../../../sync/shared-scroll'
import { ports } from '../../ports'
import sample from './sample.md?raw'

/** For how long a new editor waits for a preview that may hold its text. */
const PATIENCE_MS = 1000

/** How long the preview may take for each part of that text. */
const HELD_TIMEOUT_MS = 5000

/** A preview that hangs, or dies unheard, is found within three times as much. */
const HEARTBEAT_MS = 2000

/**
 * The text in a textarea, kept in step with the preview. It is owned here: the preview is told of every
 * edit, and asks for its own. A new page takes the text from the preview, if that holds one.
 *
 *   page begins ──▶ preview joins ──▶ holds a text? ── yes ──▶ take it     ──▶ tell every edit
 *                        ▲                          ── no  ──▶ tell it all ──▶ tell every edit
 *                        └─────────── the port is gone: wait for the next ─────────────┘
 */
export class Draft {
  readonly link: Link<Preview>
  readonly #area: HTMLTextAreaElement
  readonly #scroll: SharedScroll
  #text = ''
  /** False for a new page, until it has met a preview: from then on the newest text is here. */
  #isOwner = false
  /** The preview, once it has the text. */
  #preview: Channel<Preview> | undefined

  constructor(area: HTMLTextAreaElement, onProblem: (error: unknown) => void) {
    this.#area = area
    this.#scroll = new SharedScroll(area, (place) => this.#preview?.notify.scroll(place))
    this.link = new Link(ports, 'document', this.#newHandlers(), {
      heartbeat: HEARTBEAT_MS,
      onChannel: (channel) => void this.#meet(channel, onProblem),
    })
    area.maxLength = MAX_CHARACTERS
    area.addEventListener('input', () => this.#tellEdits())
    setTimeout(() => this.#begin(), PATIENCE_MS)
  }

  /**
   * Types at the end, in view, and waits until that has arrived in the preview.
   *
   * @returns how long it took there and back, in milliseconds.
   * @throws with code `TOO_LONG` when the text has no room left.
   */
  async type(letters: string): Promise<number> {
    if (this.#text.length + letters.length > MAX_CHARACTERS) throw newTooLong()
    const end = this.#area.value.length
    this.#area.setRangeText(letters, end, end, 'end')
    this.#area.scrollTop = this.#area.scrollHeight
    const began = performance.now()
    this.#tellEdits()
    await this.link.with({ whileLost: 'fail' }).call.ping()
    return performance.now() - began
  }

  /** What the preview may ask for. Its origin is another, and its word is checked. */
  #newHandlers(): Editor {
    return {
      tick: async (line, source, isDone) => {
        const lines = this.#text.split('\n')
        const mark = lines[line] === source ? markOf(source) : undefined
        if (mark === undefined) throw failure('CHANGED', 'This line has changed: try again.')
        const at = lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, mark)
        this.#area.setRangeText(isDone ? 'x' : ' ', at, at + 1, 'preserve')
        this.#tellEdits()
      },
      scroll: (place) => this.#scroll.follow(place),
    }
  }

  /** A preview is there. Another may be, once it is gone. */
  async #meet(channel: Channel<Preview>, onProblem: (error: unknown) => void): Promise<void> {
    try {
      await this.#join(channel)
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'closed') onProblem(error)
    }
    await channel.closed
    this.#preview = undefined
  }

  async #join(channel: Channel<Preview>): Promise<void> {
    const { stream } = channel.with({ timeout: HELD_TIMEOUT_MS })
    const held = this.#isOwner ? undefined : await readText(stream.held())
    this.#isOwner = true
    this.#begin(held)
    if (held === undefined) {
      for (const edit of replace(0, MAX_CHARACTERS, this.#text)) channel.notify.edit(edit)
      channel.notify.scroll(this.#scroll.place)
    }
    this.#preview = channel
  }

  /** Lets the user write. What was written before is kept, unless the preview holds a text. */
  #begin(held?: string): void {
    if (held === undefined && !this.#area.readOnly) return
    this.#area.readOnly = false
    this.#area.value = held ?? sample
    this.#area.setSelectionRange(0, 0)
    this.#text = this.#area.value
    this.#scroll.follow()
  }

  #tellEdits(): void {
    const { value } = this.#area
    for (const edit of editsBetween(this.#text, value)) this.#preview?.notify.edit(edit)
    this.#text = value
  }
}

/** Puts the parts together; undefined when there is none. */
async function readText(parts: AsyncIterable<string>): Promise<string | undefined> {
  let text: string | undefined
  for await (const part of parts) {
    text = `${text ?? ''}${part}`
    if (text.length > MAX_CHARACTERS) throw newTooLong()
  }
  return text
}

function newTooLong(): Error {
  return failure('TOO_LONG', `A text has at most ${MAX_CHARACTERS.toLocaleString()} characters.`)
}

/** An error with a code, which the kernel carries to the other end. */
function failure(code: 'CHANGED' | 'TOO_LONG', message: string): Error {
  return Object.assign(new Error(message), { code })
}
