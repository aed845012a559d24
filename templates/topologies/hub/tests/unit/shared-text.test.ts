import { expect, test } from 'vitest'
import { type Batch, MAX_CHARACTERS } from '../../src/contracts/docs'
import { SharedText } from '../../src/hub/shared-text'
import { changeBetween } from '../../src/shared-text/change'
import { Replica } from '../../src/shared-text/replica'
import { newRandom } from './random'

const EMPTY = { revision: 0, text: '', counts: [] as [string, number][] }

/** A window without a window: it edits, sends, and reads when it is told to. */
class Window {
  readonly replica: Replica
  readonly #author: string
  #hub: SharedText
  #read = 0
  /** Sent, and not yet with the hub. */
  #sent: Batch | undefined

  constructor(author: string, hub: SharedText) {
    this.replica = new Replica(author)
    this.#author = author
    this.#hub = hub
    this.join(hub)
  }

  /** On a port that is new, of a hub that may be: what was on its way is lost. */
  join(hub: SharedText): void {
    this.#hub = hub
    this.#sent = undefined
    this.#read = hub.revision
    this.replica.take(hub.state)
  }

  write(text: string, at = this.replica.text.length): void {
    const { text: before } = this.replica
    this.replica.edit(changeBetween(before, before.slice(0, at) + text + before.slice(at)))
  }

  remove(from: number, to: number): void {
    const { text } = this.replica
    this.replica.edit(changeBetween(text, text.slice(0, from) + text.slice(to)))
  }

  send(): void {
    this.#sent = this.replica.takeBatch() ?? this.#sent
  }

  /** What was sent reaches the hub. */
  arrive(): void {
    if (this.#sent) this.#hub.edit(this.#author, this.#sent)
    this.#sent = undefined
  }

  read(most = Infinity): void {
    const entries = this.#hub.since(this.#read) ?? []
    for (const entry of entries.slice(0, most)) {
      this.replica.receive(entry)
      this.#read += 1
    }
  }

  settle(): void {
    this.send()
    this.arrive()
    this.read()
  }

  undo(): boolean {
    return this.#hub.undo(this.#author)
  }

  redo(): boolean {
    return this.#hub.redo(this.#author)
  }
}

function settle(windows: Window[]): void {
  // Once to send what is under way, then what was kept back meanwhile, then for all to read it.
  for (let round = 0; round < 4; round++) for (const window of windows) window.settle()
}

/** Lets windows do anything in any order: edit, send, read a little, undo, lose their port. */
function play(seed: number, steps: number): { hub: SharedText; windows: Window[] } {
  const random = newRandom(seed)
  let now = 0
  const hub = new SharedText({ ...EMPTY, text: 'The beginning.' }, () => now)
  const windows = ['Ada', 'Grace', 'Alan'].map((author) => new Window(author, hub))
  for (let step = 0; step < steps; step++) {
    now += random(500)
    const window = windows[random(windows.length)] as Window
    const { length } = window.replica.text
    const from = random(length + 1)
    const actions = [
      () => window.write('abc🙂'.slice(random(3)), from),
      () => window.remove(from, Math.min(length, from + random(6))),
      () => window.send(),
      () => window.arrive(),
      () => window.read(1 + random(3)),
      () => window.read(),
      () => random(4) === 0 && window.undo(),
      () => random(4) === 0 && window.redo(),
      () => random(8) === 0 && window.join(hub),
    ]
    actions[random(actions.length)]?.()
  }
  return { hub, windows }
}

test('whatever three windows do in whatever order, all end with the text of the hub', () => {
  for (let seed = 0; seed < 100; seed++) {
    const { hub, windows } = play(seed, 80)
    settle(windows)
    const texts = windows.map(({ replica }) => replica.text)
    expect(texts, `seed ${seed}`).toEqual([hub.text, hub.text, hub.text])
  }
})

test('whatever they do, an author who takes back all that is left of it leaves the others’ words alone', () => {
  for (let seed = 0; seed < 50; seed++) {
    const random = newRandom(seed)
    const hub = new SharedText({ ...EMPTY, text: '..........' })
    const windows = ['Ada', 'Grace'].map((author) => new Window(author, hub))
    const [ada, grace] = windows as [Window, Window]
    for (let step = 0; step < 30; step++) {
      // Ada writes and removes her own letters, and Grace writes hers in between.
      const { text } = ada.replica
      const own = text.indexOf('a')
      if (own >= 0 && random(3) === 0) ada.remove(own, own + 1)
      else ada.write('a', random(text.length + 1))
      if (random(2) === 0) grace.write('g', random(grace.replica.text.length + 1))
      if (random(2) === 0) settle(windows)
    }
    settle(windows)
    const gs = hub.text.replaceAll('a', '')
    while (hub.undo('Ada'));
    expect(hub.text, `seed ${seed}`).toBe(gs)
    while (hub.redo('Ada'));
    while (hub.undo('Ada'));
    expect(hub.text, `seed ${seed}`).toBe(gs)
  }
})

test('a window that comes late has the text, then what changes', () => {
  const { hub, windows } = play(7, 60)
  const late = new Window('Edsger', hub)
  expect(late.replica.text).toBe(hub.text)
  settle([...windows, late])
  expect(late.replica.text).toBe(hub.text)
})

test('a hub that begins with what one window held brings all together, and has no change twice', () => {
  for (let seed = 0; seed < 50; seed++) {
    const { windows } = play(seed, 60)
    const newest = windows
      .map(({ replica }) => replica.held)
      .reduce((one, other) => ((other?.revision ?? 0) > (one?.revision ?? 0) ? other : one))
    const next = new SharedText(newest ?? EMPTY)
    for (const window of windows) window.join(next)
    settle(windows)
    expect(windows.map(({ replica }) => replica.text)).toEqual([next.text, next.text, next.text])
  }
})

test('what reached a hub that died before it could say so is not sent again', () => {
  const hub = new SharedText(EMPTY)
  const [ada, grace] = [new Window('Ada', hub), new Window('Grace', hub)]
  ada.write('once')
  ada.send()
  ada.arrive()
  grace.read()
  const next = new SharedText(grace.replica.held ?? EMPTY)
  ada.join(next)
  grace.join(next)
  settle([ada, grace])
  expect([ada.replica.text, grace.replica.text, next.text]).toEqual(['once', 'once', 'once'])
})

test('edits at once are one step to undo, and a pause begins the next', () => {
  let now = 0
  const hub = new SharedText(EMPTY, () => now)
  const ada = new Window('Ada', hub)
  for (const letter of 'one') {
    ada.write(letter)
    ada.settle()
    now += 100
  }
  now += 1000
  ada.write(' two')
  ada.settle()
  expect([ada.undo(), hub.text]).toEqual([true, 'one'])
  expect([ada.undo(), hub.text]).toEqual([true, ''])
  expect([ada.undo(), hub.text]).toEqual([false, ''])
  expect([ada.redo(), ada.redo(), ada.redo(), hub.text]).toEqual([true, true, false, 'one two'])
})

test('what a window cannot mean is refused, and changes nothing', () => {
  const hub = new SharedText({ ...EMPTY, text: 'text' })
  const codeOf = (batch: unknown): unknown => {
    try {
      hub.edit('Ada', batch as Batch)
      return 'done'
    } catch (error) {
      return (error as { code?: unknown }).code
    }
  }
  const edit = { revision: 0, first: 1, changes: [[1, 'x']] }
  for (const wrong of [null, 1, 'x', {}, [], { ...edit, changes: [['']] }]) {
    expect(codeOf(wrong)).toBe('NO_CHANGE')
  }
  expect(codeOf({ ...edit, changes: [[9, 'x']] })).toBe('NO_CHANGE')
  expect(codeOf({ ...edit, changes: [[1, 'x'], [-9]] })).toBe('NO_CHANGE')
  expect(codeOf({ ...edit, changes: [['x'.repeat(MAX_CHARACTERS)]] })).toBe('TOO_LONG')
  expect(codeOf({ ...edit, first: 2 })).toBe('OUT_OF_TURN')
  expect(codeOf({ ...edit, revision: 5 })).toBe('TOO_OLD')
  expect(codeOf({ ...edit, revision: -1 })).toBe('OUT_OF_TURN')
  expect(hub.text).toBe('text')
  expect(codeOf(edit)).toBe('done')
  expect(codeOf({ ...edit, first: 2 })).toBe('OUT_OF_TURN')
  expect(hub.text).toBe('txext')
})

test('a window that is far behind is told so', () => {
  const hub = new SharedText(EMPTY)
  for (let first = 1; first <= 1200; first++) {
    hub.edit('Ada', { revision: first - 1, first, changes: [['x']] })
  }
  expect(hub.since(0)).toBeUndefined()
  expect(hub.since(1199)).toHaveLength(1)
  const late = { revision: 0, first: 1, changes: [['y']] }
  expect(() => hub.edit('Grace', late)).toThrow('forgotten')
})
