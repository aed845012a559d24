/** The two ends of a case, each in the process where it shall be. */
import type { ChannelOptions } from '../../../templates/base/src/ports/channel/options.ts'
import type { PortLike } from '../../../templates/base/src/ports/channel/port.ts'
import type { Case, Terms } from './case.ts'
import { expectEqual } from './expect-equal.ts'
import { TestLibrary, TestReader } from './fixture.ts'
import { eventually } from './helpers.ts'

declare global {
  /** The library that serves in this process, for tests that look at it meanwhile. */
  var library: TestLibrary | undefined
}

export const HOLDS = 'holds'

/** How long a case may take, in milliseconds, unless it says so. */
const PATIENCE = 8000

/** The reader's patience is over first, so that the library says what it saw by then. */
const MORE_PATIENCE = { reader: 0, library: 4000 }

/** What one end has to do: the reader asks and the library serves. */
export interface Part {
  role: 'reader' | 'library'
  /** The name of the case. */
  name: string
  terms: Terms
  /** Whether a process that is no page is at the other end. */
  toProcess: boolean
}

/** Plays one end of a case. Resolves, in any case, with {@link HOLDS} or with what went wrong. */
export async function play(part: Part, port: PortLike, known: Case[]): Promise<string> {
  const played = known.find(({ name }) => name === part.name)
  if (!played) return `There is no case "${part.name}".`
  const options = { toProcess: part.toProcess }
  const playing =
    part.role === 'reader'
      ? playReader(played, port, part.terms, { ...played.options, ...options })
      : playLibrary(played, port, options)
  const patience = (played.patience ?? PATIENCE) + MORE_PATIENCE[part.role]
  let timer: ReturnType<typeof setTimeout> | undefined
  const impatience = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, patience, `The ${part.role} has not come to its end.`)
  })
  const outcome = await Promise.race([outcomeOf(playing), outcomeOf(stumble()), impatience])
  clearTimeout(timer)
  // Where it holds the channel has closed it, or will once all has arrived.
  if (outcome !== HOLDS) port.close()
  return outcome
}

async function playReader(
  played: Case,
  port: PortLike,
  terms: Terms,
  options: ChannelOptions,
): Promise<void> {
  const reader = new TestReader(port, options)
  const { channel } = reader
  try {
    await played.run({ channel, reader, port, terms })
    expectEqual(channel.dropped, 0)
  } finally {
    channel.close()
  }
}

async function playLibrary(played: Case, port: PortLike, options: ChannelOptions): Promise<void> {
  const library = new TestLibrary(port, options)
  globalThis.library = library
  const reason = await library.channel.closed
  await eventually(() => library.seen.running === 0, 'every handler has come to its end')
  if (played.after) played.after(library.seen, reason)
  else expectEqual(library.seen.dropped, 0)
  globalThis.library = undefined
}

async function outcomeOf(playing: Promise<void>): Promise<string> {
  try {
    await playing
    return HOLDS
  } catch (error) {
    return error instanceof Error ? String(error.stack) : `Thrown: ${String(error)}`
  }
}

let rejectStumble: (error: unknown) => void = () => {}

/** Rejects when {@link failPlaying} is called. */
function stumble(): Promise<never> {
  return new Promise((_, reject) => (rejectStumble = reject))
}

/** To be called with an error of this process that nobody has caught: no channel may cause any. */
export function failPlaying(error: unknown): void {
  rejectStumble(error)
}
