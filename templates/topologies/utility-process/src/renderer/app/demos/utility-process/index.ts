/**
 * The page's side of the demo. Over the link `hashes` it asks the indexer, and answers it; over the
 * link `processes` main says what happens to that process.
 */
import type { Death, HashedFile } from '../../../../contracts/hashes'
import type { ProcessEvent } from '../../../../contracts/processes'
import { Link, type LinkStatus } from '../../../../ports/link'
import { ports } from '../../ports'
import { newStatusLine } from '../../status-line'
import './demo.css'
import { newCurator } from './curator'
import { describeEvent, describeNext, describeStep } from './words'

export { default as html } from './demo.html?raw'

/** How many lines each list keeps. */
const MAX_LINES = 200

/** How long the indexer may be silent, in milliseconds, before it is asked for a sign of life. */
const HEARTBEAT_MS = 3000

/** Starts the demo inside of `root`, which holds its HTML. Gives the links it uses. */
export function start(root: HTMLElement): LinkStatus[] {
  const find = <Kind extends HTMLElement>(selector: string) => root.querySelector(selector) as Kind
  const curator = newCurator(find('.question'))
  const hashes = new Link(ports, 'hashes', curator, { heartbeat: HEARTBEAT_MS })
  const processes = new Link(ports, 'processes')

  const status = find('.status')
  const { say, complain } = newStatusLine(status)
  const progress = find<HTMLProgressElement>('.progress')
  const cancelButton = find<HTMLButtonElement>('.cancel')
  const startButton = find<HTMLButtonElement>('.start')
  const killButton = find<HTMLButtonElement>('.kill')
  const dieButtons = root.querySelectorAll<HTMLButtonElement>('.die')
  let runs = false
  let work = new AbortController()

  /** Hashes one folder at a time: a new one ends the one before. */
  async function hash(choose: () => Promise<string | undefined>): Promise<void> {
    const folder = await choose()
    if (folder === undefined) return
    work.abort(new Error('Another folder was chosen.'))
    work = new AbortController()
    const { signal } = work
    find('.files').replaceChildren()
    cancelButton.disabled = false
    try {
      await showSteps(folder, signal)
    } catch (error) {
      if (signal === work.signal) complainOfJob(error)
    }
    if (signal === work.signal) cancelButton.disabled = true
  }

  async function showSteps(folder: string, signal: AbortSignal): Promise<void> {
    progress.removeAttribute('value')
    say(hashes.state === 'connected' ? `Looking into ${folder}…` : 'Waiting for the indexer…')
    const askAbove = Number(find<HTMLSelectElement>('.ask-above').value)
    const began = performance.now()
    for await (const step of hashes.stream.hashFolder(folder, askAbove, signal)) {
      for (const file of step.latest) addLine(find('.files'), newFileLine(file))
      if (step.digest !== undefined) progress.value = 1
      else if (step.done.bytes > 0) progress.value = step.done.bytes / step.found.bytes
      say(describeStep(step, (performance.now() - began) / 1000))
      status.title = step.digest ?? ''
    }
  }

  /** Follows the indexer's life for as long as the page lives, by whichever port the link has. */
  async function followIndexer(): Promise<void> {
    for (;;) {
      try {
        const events = processes.stream.watchIndexer(new AbortController().signal)
        find('.life').replaceChildren()
        for await (const event of events) showEvent(event)
      } catch (error) {
        if ((error as { code?: string }).code !== 'closed') return complain(error)
      }
    }
  }

  function showEvent(event: ProcessEvent): void {
    addLine(find('.life'), newEventLine(event))
    if (event.kind === 'printed') return
    runs = event.kind === 'started'
    find('.state').textContent =
      event.kind === 'started' ? `runs · pid ${event.pid}` : describeNext(event.restartIn)
    find('.state').dataset['state'] = event.kind
    setButtons()
  }

  /** The keyboard's focus goes along, where it was on a button that can no longer be pressed. */
  function setButtons(): void {
    const focused = document.activeElement
    killButton.disabled = !runs
    startButton.disabled = runs
    for (const button of dieButtons) button.disabled = !runs || hashes.state !== 'connected'
    const isStuck = focused instanceof HTMLButtonElement && focused.disabled
    if (isStuck && find('.deaths').contains(focused)) (runs ? killButton : startButton).focus()
  }

  /** The kernel's `closed` is put into the words of this demo. */
  function complainOfJob(error: unknown): void {
    progress.value = 0
    const { code } = error as { code?: string }
    const message = 'The indexer is gone, and the job with it: choose the folder again.'
    complain(code === 'closed' ? { message, code } : error)
  }

  const onClick = (selector: string, run: () => Promise<void>): void =>
    find(selector).addEventListener('click', () => void run().catch(complain))
  onClick('.choose', () => hash(() => processes.call.chooseFolder()))
  onClick('.app-folder', () => hash(() => processes.call.useAppFolder()))
  onClick('.kill', () => processes.call.killIndexer())
  onClick('.start', () => processes.call.startIndexer())
  for (const button of dieButtons) {
    button.addEventListener('click', () => {
      try {
        hashes.notify.die(button.value as Death)
      } catch (error) {
        complain(error) // nobody is there to die
      }
    })
  }
  cancelButton.addEventListener('click', () => work.abort(new Error('Cancelled.')))
  hashes.onChange(setButtons)
  setButtons()
  void followIndexer()
  return [hashes, processes]
}

/** Adds a line at the end of a list, which stays scrolled to it. */
function addLine(list: HTMLElement, line: HTMLElement): void {
  list.append(line)
  if (list.children.length > MAX_LINES) list.firstElementChild?.remove()
  list.scrollTop = list.scrollHeight
}

function newFileLine({ path, hash, problem }: HashedFile): HTMLElement {
  const line = document.createElement('li')
  const name = document.createElement('span')
  const result = document.createElement(hash ? 'code' : 'em')
  name.textContent = path
  name.title = path
  result.textContent = hash ? hash.slice(0, 12) : `skipped. ${problem}`
  line.append(name, result)
  return line
}

function newEventLine(event: ProcessEvent): HTMLElement {
  const line = document.createElement('li')
  const time = document.createElement('time')
  time.textContent = new Date(event.at).toLocaleTimeString()
  line.dataset['kind'] = event.kind === 'printed' && event.isError ? 'complained' : event.kind
  line.append(time, ` ${describeEvent(event)}`)
  return line
}
