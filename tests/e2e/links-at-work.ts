import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { ALL_TOPOLOGIES } from './demos.ts'
import { evaluateOver, expectOver, pagesOver, reloadOver } from './devtools.ts'

/** An app of all topologies that was started with a port for remote debugging, of which no more is known. */
export interface DebuggedApp {
  readonly debuggingPort: number
  /** What it has printed so far. */
  readonly output: () => string
}

/** Whose windows the hub opens first: pages are known by their titles where there are many of a node. */
export const AUTHORS = ['Ada', 'Grace'] as const

const [FIRST, SECOND] = AUTHORS

/** How many times links have been at work: what is said then is said only then. */
let times = 0

/** Opens some of those nodes of which there are many: two documents, and a window with two tabs. */
export async function openMembers({ debuggingPort: port }: DebuggedApp): Promise<void> {
  for (const author of AUTHORS) {
    await press(port, 'app', '.hub .open')
    await expectOver(port, author, IS_WRITABLE, true)
  }
  await press(port, 'app', '.tab-windows .open:enabled')
  await expectOver(port, 'tabs', STATES_OF_TABS, ['connected'])
  await press(port, 'tabs', '#visit')
  await expectOver(port, 'tabs', STATES_OF_TABS, ['connected', 'connected'])
}

/**
 * Opens the tab of each topology, waits until its links are connected, and has each link do some work.
 *
 * @returns how many have, of each topology.
 */
export async function expectLinksToWork(app: DebuggedApp): Promise<Record<string, number>> {
  const port = app.debuggingPort
  const counts: Record<string, number> = {}
  times += 1
  await expectOver(port, 'app', `${TABS}.length`, ALL_TOPOLOGIES.length)
  for (const [index, topology] of ALL_TOPOLOGIES.entries()) {
    await evaluateOver(port, 'app', `${TABS}[${index}].click()`)
    await expectOver(port, 'app', `[...new Set(${STATES})]`, ['connected'])
    for (const link of linksOf(topology)) {
      const work = WORK[link]
      if (!work) throw new Error(`Nobody knows what the link "${link}" is for.`)
      await work(app)
      counts[topology] = (counts[topology] ?? 0) + 1
    }
  }
  return counts
}

/** Kills the indexer, and waits until another one runs. */
export async function killIndexer({ debuggingPort: port }: DebuggedApp): Promise<void> {
  const state = `document.querySelector('.utility-process .state').textContent`
  await expectText(port, 'app', '.utility-process .state', /runs · pid/)
  const before = String(await evaluateOver(port, 'app', state))
  await press(port, 'app', '.utility-process .kill:enabled')
  await expectOver(port, 'app', `/runs/.test(${state}) && ${state} !== '${before}'`, true)
}

/** Of a topology, by their names. */
export function linksOf(topology: string): string[] {
  const text = readFileSync(`templates/topologies/${topology}/topology.json`, 'utf8')
  return Object.keys((JSON.parse(text) as { links: object }).links)
}

const TABS = `document.querySelectorAll('.tabs button')`

/** Of the links that are seen. */
const STATES = `[...document.querySelectorAll('.link')].filter((link) => link.checkVisibility()).map((link) => link.dataset.state)`

const STATES_OF_TABS = `[...document.querySelectorAll('.tab')].map((tab) => tab.dataset.state)`

const IS_WRITABLE = `document.querySelector('#text')?.readOnly === false`

/** What shows of each link that both its ends are there. */
const WORK: Record<string, (app: DebuggedApp) => Promise<void>> = {
  async files({ debuggingPort: port }) {
    await press(port, 'app', '.main-port .app-folder')
    await expectText(port, 'app', '.main-port .entries', /resources\.pak/)
  },

  figures: ({ debuggingPort: port }) => expectText(port, 'app', '.main-world .now', /\d processes/),

  async 'plain-figures'({ debuggingPort: port }) {
    await reloadOver(port, 'gauge') // it loads its script once
    await press(port, 'gauge', '.ask')
    await expectText(port, 'gauge', '.count', /\d/)
  },

  async document({ debuggingPort: port }) {
    await expectOver(
      port,
      'app',
      `document.querySelector('.renderer-bridge .text').readOnly`,
      false,
    )
    await write(port, 'app', '.renderer-bridge .text', word())
    await expectText(port, 'preview', '#sheet', new RegExp(word()))
  },

  async 'app-desk'({ debuggingPort: port }) {
    await closeWindow(port, 'preview')
    await press(port, 'app', '.renderer-bridge .open')
    await expectText(port, 'app', '.renderer-bridge .status', /The preview follows/)
  },

  async 'preview-desk'({ debuggingPort: port }) {
    await closeWindow(port, 'app')
    await press(port, 'preview', '#open')
    await expectText(port, 'preview', '#status', /Joined to the editor/)
    await expectOver(port, 'app', `${TABS}.length`, ALL_TOPOLOGIES.length)
  },

  async lines({ debuggingPort: port }) {
    await press(port, 'app', '.reply-stream .sample')
    await expectOver(
      port,
      'app',
      `document.querySelector('.reply-stream .progress').value > 0`,
      true,
    )
    await press(port, 'app', '.reply-stream .cancel')
  },

  async hashes({ debuggingPort: port }) {
    await press(port, 'app', '.utility-process .app-folder')
    await expectText(port, 'app', '.utility-process .status', /All of it: /)
  },

  processes: ({ debuggingPort: port }) =>
    expectText(port, 'app', '.utility-process .state', /runs · pid \d/),

  // The indexer asks for one before it reads the folder.
  async permits(app) {
    const { length } = app.output()
    await WORK['hashes']?.(app)
    await expect.poll(() => app.output().slice(length)).toContain('Hashed ')
  },

  async jobs({ debuggingPort: port }) {
    await press(port, 'app', '.worker-window .sample')
    await expectText(port, 'app', '.worker-window .status', /Ready: /)
  },

  // A hub that dies forgets who has only looked on: both write.
  async docs({ debuggingPort: port }) {
    for (const author of AUTHORS) {
      await expectOver(port, author, IS_WRITABLE, true)
      await write(port, author, '#text', `${word()} by ${author} `)
    }
    for (const author of AUTHORS) {
      for (const other of AUTHORS) await expectHas(port, author, `${word()} by ${other} `)
    }
  },

  // A hub that dies is told by its windows what it knew.
  async held(app) {
    const { debuggingPort: port, output } = app
    const { length } = output()
    await press(port, 'app', '.hub .kill')
    await expect.poll(() => output().slice(length)).toContain('Goes on with revision')
    await expectOver(port, FIRST, IS_WRITABLE, true)
  },

  overview: ({ debuggingPort: port }) => expectText(port, 'app', '.hub .text', new RegExp(word())),

  async 'hub-desk'({ debuggingPort: port }) {
    const second = `.hub [data-key="${SECOND}"]`
    await press(port, 'app', `${second} .closeWindow`)
    await expectText(port, 'app', second, /closed/)
    await press(port, 'app', `${second} .showWindow`)
    await expectOver(port, SECOND, IS_WRITABLE, true)
  },

  'tab-desk': ({ debuggingPort: port }) =>
    expectText(port, 'app', '.tab-windows .status', /1 window, 2 tabs/),

  async 'tab-strip'({ debuggingPort: port }) {
    await press(port, 'tabs', '#open')
    await expectOver(port, 'tabs', STATES_OF_TABS, Array(3).fill('connected'))
    await press(port, 'tabs', '.tab:last-child .close')
    await expectOver(port, 'tabs', STATES_OF_TABS, Array(2).fill('connected'))
    await expect.poll(() => countPages(port, 'tab')).toBe(1)
  },

  async 'note-page'({ debuggingPort: port }) {
    await write(port, 'tab', '#text', `${word()} `)
    await write(port, 'tabs', '#query', word())
    await expectText(port, 'tabs', '.tab .note', /^1$/)
  },

  async 'guest-page'({ debuggingPort: port }) {
    const button = `#colours li:nth-child(${1 + (times % 6)}) button`
    const colour = await evaluateOver(
      port,
      'guest',
      `document.querySelector('${button}').ariaLabel`,
    )
    await press(port, 'guest', button)
    await expectText(
      port,
      'guest',
      '#status',
      new RegExp(`The window has the colour ${String(colour)}`),
    )
  },
}

function word(): string {
  return `word${times}`
}

async function press(port: number, node: string, selector: string): Promise<void> {
  const isThere = `!!document.querySelector('${selector}')`
  await expectOver(port, node, isThere, true)
  await evaluateOver(port, node, `document.querySelector('${selector}').click()`)
}

/** Writes at the beginning of a text, as if it were typed; in place of what is searched for. */
async function write(port: number, node: string, selector: string, text: string): Promise<void> {
  await evaluateOver(
    port,
    node,
    `{ const area = document.querySelector('${selector}')
      area.setRangeText('${text}', 0, area.type === 'search' ? area.value.length : 0, 'end')
      area.dispatchEvent(new Event('input')) }`,
  )
}

async function expectText(
  port: number,
  node: string,
  selector: string,
  text: RegExp,
): Promise<void> {
  const says = `${text}.test(document.querySelector('${selector}').textContent)`
  await expectOver(port, node, says, true)
}

/** Of a document. */
function expectHas(port: number, author: string, words: string): Promise<void> {
  return expectOver(
    port,
    author,
    `document.querySelector('#text').value.includes('${words}')`,
    true,
  )
}

async function closeWindow(port: number, node: string): Promise<void> {
  await evaluateOver(port, node, 'setTimeout(close)')
  await expect.poll(() => countPages(port, node)).toBe(0)
}

async function countPages(port: number, node: string): Promise<number> {
  return (await pagesOver(port)).filter((url) => url.includes(`/${node}/`)).length
}
