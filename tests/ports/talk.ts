import * as fc from 'fast-check'
import { openChannel } from '../../templates/base/src/ports/channel/channel.ts'
import { type Message, readPost } from '../../templates/base/src/ports/channel/protocol.ts'
import { newDeferred, quiet } from './pair.ts'
import {
  type Body,
  type Pause,
  type Size,
  newBody,
  newPair,
  pause,
  size,
  take,
} from './schedules.ts'

export type Saying = ['ask' | 'tell' | 'give', Size]

/** A schedule for one end that speaks in every way there is. */
export const sayings = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom('ask', 'tell', 'give'), size) },
    { weight: 1, arbitrary: pause },
  ),
  { maxLength: 60, size: 'max' },
) as fc.Arbitrary<(Saying | Pause)[]>

/** One end speaks in every way there is, the other writes down what it hears. */
export async function newTalk(areGenuine: boolean) {
  const ports = newPair(areGenuine)
  const feed = newFeed()
  const heard = { byPort: [] as number[], byHandlers: [] as number[], byReader: [] as number[] }
  const failures: unknown[] = []
  const fail = (error: unknown): void => void failures.push(error)
  const answers: Promise<unknown>[] = []
  let made = 0

  const listener = {
    ask: async ({ at }: Body) => void heard.byHandlers.push(at),
    tell: ({ at }: Body) => void heard.byHandlers.push(at),
  }
  ports[1].addEventListener('message', (event) =>
    readPost((event as MessageEvent).data, (message) => {
      heard.byPort.push(...bodiesIn(message).map(({ at }) => at))
      return true
    }),
  )
  const speaking = openChannel<typeof listener>(ports[0], { feed: () => feed.items })
  const listening = openChannel<{ feed(): AsyncIterable<Body> }>(ports[1], listener)
  const read = (async () => {
    const items = listening.with({ credit: 1000 }).stream.feed()
    for await (const { at } of items) heard.byReader.push(at)
  })().catch((error: unknown) => error)
  await quiet()

  /** Says the next thing, in a way that sends it at once. */
  async function say([how, weight]: Saying): Promise<void> {
    const body = newBody(made, weight)
    made += 1
    // While large messages are unread nobody asks for an item.
    if (how === 'give' && feed.isAsked) return feed.give(body)
    if (how === 'ask') answers.push(speaking.call.ask(body).catch(fail))
    try {
      if (how !== 'ask') speaking.notify.tell(body)
    } catch (error) {
      fail(error)
    }
  }

  return {
    ports,
    speaking,
    listening,
    heard,
    read,
    /** Why something was not answered, or could not be told. */
    async failures(): Promise<unknown[]> {
      await Promise.all(answers)
      return failures
    },
    async play(steps: (Saying | Pause)[]): Promise<void> {
      for (const step of steps) await (isPause(step) ? take(step, ports) : say(step))
    },
    get made() {
      return made
    },
  }
}

function isPause(step: Saying | Pause): step is Pause {
  return !['ask', 'tell', 'give'].includes(step[0])
}

function bodiesIn(message: Message): Body[] {
  if (message[0] === 'call') return [message[4] as Body]
  if (message[0] === 'notify') return [message[2] as Body]
  return message[0] === 'items' ? (message.slice(2) as Body[]) : []
}

/** A stream whose items are given one by one. */
function newFeed() {
  let next = newDeferred<IteratorResult<Body, undefined>>()
  const items: AsyncIterable<Body> = {
    [Symbol.asyncIterator]: () => ({
      next() {
        isAsked = true
        return next.promise
      },
    }),
  }
  let isAsked = false
  return {
    items,
    get isAsked() {
      return isAsked
    },
    /** Resolves once the item was sent, which is in the same tick. */
    async give(body: Body): Promise<void> {
      const { resolve } = next
      next = newDeferred()
      isAsked = false
      resolve({ value: body, done: false })
      for (let turn = 0; turn < 3; turn++) await undefined
    },
  }
}
