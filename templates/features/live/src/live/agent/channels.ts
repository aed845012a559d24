/** The channels of this process that are open, for whoever looks later: it is told of each as it opens. */
import type { Conversation } from '../../ports/channel/conversation'
import type { ChannelOptions } from '../../ports/channel/options'
import { onOpened } from '../../ports/channel/watch'
import { type ChannelName, type Method, type OpenChannel, type Verb, isOwnLink } from '../contract'

interface Open {
  readonly conversation: Conversation
  readonly about: OpenChannel
}

/** By what its messages are known by. */
const open = new Map<ChannelOptions, Open>()

/** How often channels have been opened or closed. */
let changes = 0

onOpened((conversation, channel) => {
  const { link = '', generation = 0, peer } = channel
  if (isOwnLink(link)) return
  const methods = methodsOf(conversation.handlers)
  const about = { link, generation, peer, since: Date.now(), methods }
  open.set(channel, { conversation, about })
  changes += 1
  void conversation.closed.then(() => {
    open.delete(channel)
    changes += 1
  })
})

/** A number that is another whenever {@link listChannels} is. */
export function countChanges(): number {
  return changes
}

export function isOpen(channel: ChannelOptions): boolean {
  return open.has(channel)
}

export function listChannels(): OpenChannel[] {
  return [...open.values()].map(({ about }) => about)
}

/** @throws when it is not open any more. */
export function findChannel({ link, generation }: ChannelName): Conversation {
  for (const { conversation, about } of open.values()) {
    if (about.link === link && about.generation === generation) return conversation
  }
  throw new Error(`Port ${generation} of the link "${link}" is not open here any more.`)
}

/** Inherited ones too, except those of every object: as they can be called. */
function methodsOf(handlers: object): Method[] {
  const methods = new Map<string, Method>()
  for (let owner = handlers; owner && owner !== Object.prototype;) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
      const isMethod = typeof value === 'function' && name !== 'constructor'
      if (isMethod && !methods.has(name)) methods.set(name, { name, verb: verbOf(value) })
    }
    owner = Object.getPrototypeOf(owner)
  }
  return [...methods.values()]
}

function verbOf({ constructor }: { constructor: { name: string } }): Verb {
  if (constructor.name === 'AsyncGeneratorFunction') return 'stream'
  return constructor.name === 'AsyncFunction' ? 'call' : 'notify'
}
