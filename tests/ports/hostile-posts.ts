import { inspect } from 'node:util'
import { pack } from './pair.ts'

/** Chance that is the same every time. */
export interface Dice {
  /** From 0 up to, not including, `below`. */
  roll(below: number): number
  pick<Item>(items: readonly Item[]): Item
  /** Ids that somebody asked with not long ago. */
  readonly asked: number[]
}

/** After mulberry32. */
export function newDice(seed: number): Dice {
  let state = seed
  function roll(below: number): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
  return { roll, pick: (items) => items[roll(items.length)]!, asked: [0] }
}

export interface Post {
  readonly data: unknown
  /** By how much the count of dropped posts may grow. */
  readonly mayDrop: readonly number[]
  /** There is something large in it. */
  readonly isGiant?: boolean
}

const CLEAN = [0]
const MALFORMED = [1]
const EITHER = [0, 1]

/** In words, and few of them: a list may claim billions of items. */
export function show(value: unknown): string {
  return inspect(value, {
    breakLength: Infinity,
    compact: true,
    depth: 3,
    maxArrayLength: 20,
    maxStringLength: 20,
  })
}

/** Rows for `test.each`, each with its value in words before it. */
export function named<Value>(values: readonly Value[]): [words: string, value: Value][] {
  return values.map((value) => [show(value), value])
}

/** An array of no items that claims to be of that length. */
export function newEndless(length = 2 ** 32 - 1): unknown[] {
  const endless: unknown[] = []
  endless.length = length
  return endless
}

const cyclic: Record<string, unknown> = { name: 'Error', message: 'lost' }
for (const key of ['cause', 'fields', 'thing']) cyclic[key] = cyclic

/** Data that somebody may not have thought of. None of it is a count, and none the kind `close`. */
const oddities: unknown[] = [
  [null, undefined, 0, -1, 1.5, 1n, Number.NaN, Infinity, -Infinity, 2 ** 53, true, false],
  ['', '1', 'length', 'find', 'toString', '__proto__', 'constructor', 'x'.repeat(1000)],
  [[], [['close', 'lost']], newEndless(), newEndless(3), Object.assign([1], { map: 1 })],
  [{}, { length: 1e9 }, { toString: 1 }, JSON.parse('{ "__proto__": { "a": 1 }, "then": 1 }')],
  [new Map([['kind', 'call']]), new Set([1]), new Date(Number.NaN), /a/, Object(1), Object('a')],
  [new Uint8Array(3), new ArrayBuffer(3), new Error('lost', { cause: 'fire' }), cyclic],
].flat()

/** A list of lists, each twice: small in a post, and endless in words. */
export function newFolded(levels: number): unknown[] {
  let folded: unknown[] = ['x', 'x']
  for (let level = 0; level < levels; level++) folded = [folded, folded]
  return folded
}

/** Data of which a little more than nothing may take very long. */
export const giants: [what: string, value: unknown][] = [
  ['a text', 'x'.repeat(16e6)],
  ['bytes', new Uint8Array(16e6)],
  ['numbers', new Float64Array(1e6)],
  ['a buffer', new ArrayBuffer(16e6)],
  ['a list', Array.from({ length: 1e6 }, (_, index) => index)],
  ['a list of texts', Array.from({ length: 3e5 }, (_, index) => `page ${index}`)],
  ['a list without end', newEndless()],
  ['a list with few of many places', Object.assign(newEndless(5e8), { 7: 1 })],
  ['an object', Object.fromEntries(Array.from({ length: 1e5 }, (_, index) => [`p${index}`, 1]))],
  ['a list folded', newFolded(40)],
  ['an object within objects', newDeep(500)],
  ['a Map', new Map(Array.from({ length: 1e5 }, (_, index) => [index, index]))],
  ['a BigInt', 1n << 64_000_000n],
  ['a boxed text', Object('x'.repeat(1e6))],
]

function newDeep(levels: number): object {
  let deep: object = {}
  for (let level = 0; level < levels; level++) deep = { deep }
  return deep
}

const noIds = oddities.filter((value) => !Number.isSafeInteger(value))
const noCounts = oddities.filter((value) => !(Number.isSafeInteger(value) && Number(value) > 0))
const noNames = oddities.filter((value) => typeof value !== 'string')
const noMethods = noNames.filter((value) => !Number.isSafeInteger(value))
const noObjects = oddities.filter((value) => Object(value) !== value)
const objects = oddities.filter((value) => Object(value) === value)

const methods = ['find', 'wait', 'note', 'copy', 'fail', 'read', 'none', 'constructor', '']

/** Few, so that they meet jobs, and what is waited for. */
const newId = (dice: Dice): number =>
  dice.pick([dice.roll(10), dice.roll(20_000), dice.pick(dice.asked)])

const large = 'x'.repeat(40_000)

const newArgs = (dice: Dice): unknown[] =>
  Array.from({ length: dice.roll(4) }, () => (dice.roll(200) === 0 ? large : dice.pick(oddities)))

/** Signals and streams. */
const newTies = (dice: Dice): unknown =>
  dice.pick([
    undefined,
    { 0: 0 },
    { 0: newId(dice) },
    { 0: dice.pick(oddities) },
    dice.pick(oddities),
  ])

function newErrorData(dice: Dice): unknown {
  const part = (usual: unknown): unknown => dice.pick([usual, usual, dice.pick(oddities)])
  if (dice.roll(3) === 0) return dice.pick([{ thrown: dice.pick(oddities) }, dice.pick(objects)])
  return {
    name: part(dice.pick(['Error', 'PortError'])),
    message: part('lost'),
    fields: part({ code: dice.pick(oddities), __proto__: null, stack: dice.pick(oddities) }),
    stack: part('nowhere'),
    cause: part(undefined),
  }
}

/** A kind of message: how one is made, and what is never in its fields. */
interface Kind {
  make(dice: Dice): unknown[]
  readonly wrong: Record<number, readonly unknown[]>
}

const kinds: Kind[] = [
  {
    make: (dice) => ['call', newId(dice), dice.pick(methods), newTies(dice), ...newArgs(dice)],
    wrong: { 1: noIds, 2: noNames },
  },
  {
    make: (dice) => [
      'stream',
      newId(dice),
      dice.pick(methods),
      newTies(dice),
      1 + dice.roll(20),
      ...newArgs(dice),
    ],
    wrong: { 1: noIds, 2: noMethods, 4: noCounts },
  },
  { make: (dice) => ['notify', dice.pick(methods), ...newArgs(dice)], wrong: { 1: noNames } },
  {
    make: (dice) => ['stream', newId(dice), newId(dice), undefined, 1 + dice.roll(20)],
    wrong: { 1: noIds, 2: noMethods, 4: noCounts },
  },
  {
    make: (dice) => ['credit', newId(dice), 1 + dice.roll(1000)],
    wrong: { 1: noIds, 2: noCounts },
  },
  {
    make: (dice) => ['cancel', newId(dice), newErrorData(dice)],
    wrong: { 1: noIds, 2: noObjects },
  },
  { make: (dice) => ['result', newId(dice), dice.pick(oddities)], wrong: { 1: noIds } },
  { make: (dice) => ['end', newId(dice)], wrong: { 1: noIds } },
  { make: (dice) => ['error', newId(dice), newErrorData(dice)], wrong: { 1: noIds, 2: noObjects } },
  // Of nobody's, for how many may come is known to who reads them.
  { make: (dice) => ['items', 1e9 + newId(dice), ...newArgs(dice)], wrong: { 1: noIds } },
  { make: (dice) => [dice.pick(['ping', 'pong', 'large', 'got', 'unread'])], wrong: {} },
]

const newMessage = (dice: Dice): unknown[] => dice.pick(kinds).make(dice)

const newMessages = (dice: Dice, atLeast: number): unknown[][] =>
  Array.from({ length: atLeast + dice.roll(3) }, () => newMessage(dice))

/** A message that has one field wrong, or none that is right. */
function newMalformed(dice: Dice): unknown[] {
  const kind = dice.pick(kinds)
  const message = kind.make(dice)
  const wrong = Object.entries(kind.wrong)
  if (wrong.length === 0) return message.with(0, dice.pick(oddities))
  const [at, values] = dice.pick(wrong)
  return dice.pick([
    message.slice(0, Number(at)),
    message.with(Number(at), dice.pick(values)),
    message.with(0, dice.pick(oddities)),
    ['close', dice.pick(noNames)],
  ])
}

const ownNames = ['slice', 'constructor', 'length ', 'map', 'push', 'every', 'then', 'toString']

/** Each makes a post of its own sort. */
const sorts: ((dice: Dice) => Post)[] = [
  // Nothing but messages.
  (dice) => ({ data: pack(...newMessages(dice, 1)), mayDrop: CLEAN }),
  // Items for whoever reads them, or nobody, or more of them than there was credit for.
  (dice) => ({ data: pack(['items', newId(dice), ...newArgs(dice)]), mayDrop: EITHER }),
  // A message that is none, among others.
  (dice) => ({
    data: pack(...newMessages(dice, 0), newMalformed(dice), ...newMessages(dice, 0)),
    mayDrop: MALFORMED,
  }),
  // No list at all, or one without lengths.
  (dice) => ({ data: dice.pick([...noArrays, dice.pick(kinds).make(dice)]), mayDrop: MALFORMED }),
  // A length that is none.
  (dice) => ({
    data: [...pack(...newMessages(dice, 0)), dice.pick(noCounts), ...newMessage(dice)],
    mayDrop: MALFORMED,
  }),
  // The end is missing.
  (dice) => {
    const last = newMessage(dice)
    const post = pack(...newMessages(dice, 0), last)
    return { data: post.slice(0, -1 - dice.roll(last.length)), mayDrop: MALFORMED }
  },
  // Some fields are elsewhere, or others.
  (dice) => {
    const post = pack(...newMessages(dice, 1))
    for (let times = dice.roll(3); times >= 0; times--) {
      const other = dice.pick([post[dice.roll(post.length)], dice.pick(oddities), dice.roll(9)])
      post.splice(dice.roll(post.length), dice.roll(2), ...(dice.roll(2) ? [other] : []))
    }
    return { data: post, mayDrop: EITHER }
  },
  // It has methods of its own.
  (dice) => ({
    data: Object.assign(pack(...newMessages(dice, 1)), {
      [dice.pick(ownNames)]: dice.pick(oddities),
    }),
    mayDrop: EITHER,
  }),
  // It claims to be longer than it is.
  (dice) => ({
    data: Object.assign(newEndless(dice.pick([1e9, 2 ** 32 - 1])), pack(newMessage(dice))),
    mayDrop: MALFORMED,
  }),
]

const noArrays = oddities.filter((value) => !Array.isArray(value))

/** A message with something large in the place of one of its fields, or of a field of that. */
function newGiantPost(dice: Dice): Post {
  const [, giant] = dice.pick(giants)
  const message = dice.pick(kinds).make(dice)
  const at = dice.roll(message.length)
  const field = message[at]
  const isError = isRecord(field) && dice.roll(4) > 0
  const large = isError ? { ...field, [dice.pick(Object.keys(field))]: giant } : giant
  return { data: pack(message.with(at, large)), mayDrop: EITHER, isGiant: true }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]' && show(value) !== '{}'
}

/** A post such as a program that means ill, or none at all, may make. One in five hundred is large. */
export function newPost(dice: Dice): Post {
  return dice.roll(500) === 0 ? newGiantPost(dice) : dice.pick(sorts)(dice)
}
