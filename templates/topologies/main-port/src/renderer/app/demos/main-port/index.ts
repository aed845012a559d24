/**
 * The page's side of the demo: it asks the main process over the link `files`, and shows what comes.
 * `files.call` waits for one answer, `files.stream` for many, for as long as somebody reads.
 */
import type { Entry, FileState, Folder, SystemFigures } from '../../../../contracts/files'
import { Link, type LinkStatus } from '../../../../ports/link'
import { ports } from '../../ports'
import { newStatusLine } from '../../status-line'
import './demo.css'
import { knock } from './own-port'

export { default as html } from './demo.html?raw'

/** How often the system is looked at, in milliseconds. */
const SYSTEM_MS = 1000

/** Starts the demo inside of `root`, which holds its HTML. Gives the link it uses. */
export function start(root: HTMLElement): LinkStatus[] {
  const files = new Link(ports, 'files')
  const find = <Kind extends HTMLElement>(selector: string) => root.querySelector(selector) as Kind

  const entries = find('.entries')
  const { say, complain } = newStatusLine(find('.status'))
  const text = find('.text')
  let watching = new AbortController()

  /** Shows a folder that main has opened. */
  async function open(choose: () => Promise<Folder | undefined>): Promise<void> {
    const folder = await choose()
    if (!folder) return
    find('.path').textContent = folder.path
    await list('')
  }

  async function list(path: string): Promise<void> {
    const listing = await files.call.list(path)
    const up = path ? [newEntry('..', 'folder', () => list(parentOf(path)))] : []
    const found = listing.entries.map(({ name, kind }) => {
      const inside = path ? `${path}/${name}` : name
      return newEntry(name, kind, () => (kind === 'folder' ? list(inside) : watch(inside)))
    })
    entries.replaceChildren(...up, ...found)
    const shown = listing.entries.length
    if (shown < listing.count) say(`The first ${shown} of ${listing.count} entries.`)
    else if (shown === 0) say('This folder is empty.')
  }

  function newEntry(name: string, kind: Entry['kind'], run: () => Promise<void>): HTMLElement {
    const item = document.createElement('li')
    const button = document.createElement('button')
    button.type = 'button'
    button.dataset['kind'] = kind
    button.textContent = name
    button.disabled = kind === 'other'
    button.addEventListener('click', () => void attempt(run))
    item.append(button)
    return item
  }

  /** Follows one file until the next is chosen. */
  async function watch(path: string): Promise<void> {
    watching.abort(new Error('Another file was chosen.'))
    watching = new AbortController()
    const { signal } = watching
    let changes = -1
    try {
      for await (const state of files.stream.watchFile(path, signal)) {
        changes += 1
        show(path, state, changes)
      }
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  function show(path: string, state: FileState, changes: number): void {
    const name = path.split('/').at(-1)
    if ('problem' in state) {
      text.textContent = ''
      return say(state.problem)
    }
    const often = changes === 0 ? 'watched' : `changed ${changes} ×`
    say(
      `${name} · ${kilobytes(state.size)} · ${new Date(state.modified).toLocaleString()} · ${often}`,
    )
    text.textContent = state.isText ? state.text || '(empty)' : '(no text)'
  }

  function showSystem({ processors, usedMemory, totalMemory, mainMemory }: SystemFigures): void {
    find<HTMLMeterElement>('.processors').value = processors
    find('.processors-text').textContent = `${Math.round(100 * processors)} %`
    find<HTMLMeterElement>('.memory').value = usedMemory / totalMemory
    find('.memory-text').textContent = `${gigabytes(usedMemory)} of ${gigabytes(totalMemory)}`
    find('.main-memory').textContent = `${Math.round(mainMemory / 2 ** 20)} MB`
  }

  /** Reads the figures for as long as the page lives, by whichever port the link has. */
  async function followSystem(): Promise<void> {
    for (;;) {
      try {
        const stream = files.stream.watchSystem(SYSTEM_MS, new AbortController().signal)
        for await (const figures of stream) showSystem(figures)
      } catch (error) {
        if ((error as { code?: string }).code !== 'closed') return complain(error)
      }
    }
  }

  async function knockOnce(): Promise<void> {
    const { answers, hearers, took } = await knock(3)
    const held = hearers === 1 ? '1 such port' : `${hearers} such ports`
    find('.knocked').textContent = `${answers} of 3 in ${took.toFixed(1)} ms · main holds ${held}`
  }

  /** What fails is said, and the demo goes on. */
  async function attempt(run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (error) {
      text.textContent = ''
      complain(error)
    }
  }

  const onClick = (selector: string, run: () => Promise<void>): void =>
    find(selector).addEventListener('click', () => void attempt(run))
  onClick('.choose', () => open(() => files.call.chooseFolder()))
  onClick('.app-folder', () => open(() => files.call.openAppFolder()))
  onClick('.knock', knockOnce)
  void followSystem()
  return [files]
}

function parentOf(path: string): string {
  return path.split('/').slice(0, -1).join('/')
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toLocaleString(undefined, { maximumFractionDigits: 1 })} KB`
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GB`
}
