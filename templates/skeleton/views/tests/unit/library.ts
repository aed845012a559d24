import { vi } from 'vitest'
import type { Link } from '../../src/ports/link'
import { linkTo } from './link-to'

/** A contract for tests of what asks. */
export interface Library {
  /** Fails without a title, and never answers for "never". */
  find(title: string, signal?: AbortSignal): Promise<string>
  /** One page after the other. */
  pages(to: number): AsyncIterable<number>
  /** One, and then none for ever. */
  chapters(): AsyncIterable<string>
}

/** Waits until `check` throws no more; with patience, for other tests run beside. */
export function until(check: () => void): Promise<void> {
  return vi.waitFor(check, PATIENCE_MS)
}

/** How long a test waits for what is to come, in milliseconds. */
export const PATIENCE_MS = 10_000

interface Opened {
  library: Link<Library>
  crash(): void
  /** What is open at the moment: at the other end, and who listens to the link. */
  open: { calls: number; streams: number; listeners: number }
  /** How many pages the other end has sent in all. */
  sent(): number
}

/** A library at the other end of a link. */
export function openLibrary(): Opened {
  const open = { calls: 0, streams: 0, listeners: 0 }
  let sent = 0
  const { link: library, crash } = linkTo<Library>('library', {
    async find(title, signal) {
      if (title === '') throw new RangeError('A book has a title.')
      open.calls += 1
      if (title === 'never') await new Promise((done) => signal?.addEventListener('abort', done))
      open.calls -= 1
      return `${title}, found`
    },
    async *pages(to) {
      open.streams += 1
      try {
        for (let page = 1; page <= to; page++) {
          sent += 1
          yield page
        }
      } finally {
        open.streams -= 1
      }
    },
    async *chapters() {
      yield 'The first'
      await new Promise(() => {})
    },
  })
  const onChange = library.onChange.bind(library)
  library.onChange = (listener) => {
    const stop = onChange(listener)
    open.listeners += 1
    return () => {
      open.listeners -= 1
      stop()
    }
  }
  return { library, crash, open, sent: () => sent }
}
