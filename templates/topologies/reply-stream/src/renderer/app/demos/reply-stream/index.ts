/**
 * The page's side of the demo: one request over the link `lines`, many replies, then an end. The loop
 * sets the pace: while it does not ask for the next item, main stops reading after a few more.
 */
import type { OpenedFile } from '../../../../contracts/lines'
import { Link, type LinkStatus } from '../../../../ports/link'
import { ports } from '../../ports'
import { newStatusLine } from '../../status-line'
import './demo.css'
import { Gate } from './gate'
import { LineView } from './line-view'
import { Meter, megabytes } from './meter'

export { default as html } from './demo.html?raw'

const SAMPLE_MB = 200

/** How long a slow reader takes for one batch, in milliseconds. */
const SLOW_MS = 50

/** How often the page shows what has come, in milliseconds. */
const SHOW_MS = 250

/** Starts the demo inside of `root`, which holds its HTML. Gives the link it uses. */
export function start(root: HTMLElement): LinkStatus[] {
  const lines = new Link(ports, 'lines')
  const find = <Kind extends HTMLElement>(selector: string) => root.querySelector(selector) as Kind

  const view = new LineView(find('.lines'))
  const gate = new Gate()
  const startButton = find<HTMLButtonElement>('.start')
  const pauseButton = find<HTMLButtonElement>('.pause')
  const cancelButton = find<HTMLButtonElement>('.cancel')
  const progress = find<HTMLProgressElement>('.progress')
  const { say, complain } = newStatusLine(find('.status'))

  let file: OpenedFile | undefined
  let work = new AbortController()

  /** Does one thing at a time: what is new ends what was before, which then has nothing more to say. */
  async function begin(text: string, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    work.abort(new Error('Something else was asked for.'))
    work = new AbortController()
    const { signal } = work
    setPaused(false)
    progress.value = 0
    say(text)
    setBusy(true)
    try {
      await run(signal)
    } catch (error) {
      if (signal === work.signal) complain(error)
    }
    if (signal === work.signal) setBusy(false)
  }

  async function choose(signal: AbortSignal): Promise<void> {
    pauseButton.disabled = true // there is no stream to pause
    const chosen = await lines.with({ signal }).call.choose()
    if (chosen) open(chosen)
    else say('No file was chosen.')
  }

  async function makeSample(signal: AbortSignal): Promise<void> {
    for await (const step of lines.stream.makeSample(SAMPLE_MB, signal)) {
      if (step.kind === 'progress') progress.value = step.done
      else open(step.file)
      await gate.pass()
    }
  }

  function open(opened: OpenedFile): void {
    file = opened
    find('.file').textContent = `${opened.name} · ${megabytes(opened.size)}`
    say('Ready. Press Start.')
  }

  async function read(opened: OpenedFile, signal: AbortSignal): Promise<void> {
    const search = find<HTMLInputElement>('.search').value
    const isSlow = find<HTMLInputElement>('.slow')
    const meter = new Meter(root, opened, search)
    const show = (since: 'last time' | 'beginning'): void => {
      view.show()
      meter.show(since)
      // The stream itself says what is wrong, should there be anything.
      const asked = lines.with({ whileLost: 'fail' }).call.figures(opened.id)
      asked.then((figures) => meter.showMain(figures)).catch(() => {})
    }
    view.clear(search)
    const timer = setInterval(show, SHOW_MS, 'last time')
    try {
      for await (const batch of lines.stream.read(opened.id, { search }, signal)) {
        view.add(batch.lines)
        meter.count(batch)
        if (isSlow.checked) await sleep(SLOW_MS)
        await gate.pass()
      }
      say(`End of file: ${meter.result}.`)
    } finally {
      clearInterval(timer)
      if (signal === work.signal) show('beginning')
    }
  }

  /** To pause is not to ask for the next item. */
  function setPaused(isPaused: boolean): void {
    if (isPaused) gate.close()
    else gate.open()
    pauseButton.textContent = isPaused ? 'Resume' : 'Pause'
  }

  function cancel(): void {
    work.abort(new Error('Cancelled.'))
    setPaused(false)
  }

  /** The keyboard's focus goes along, where it was on a button that can no longer be pressed. */
  function setBusy(busy: boolean): void {
    const from = document.activeElement
    cancelButton.disabled = !busy
    pauseButton.disabled = !busy
    startButton.disabled = busy || !file
    if (busy && from === startButton) pauseButton.focus()
    if (!busy && (from === pauseButton || from === cancelButton)) startButton.focus()
    if (!busy) setPaused(false)
  }

  find('.choose').addEventListener('click', () => void begin('Waiting for your choice…', choose))
  find('.sample').addEventListener('click', () => void begin('Writing the sample…', makeSample))
  find('.job').addEventListener('submit', (event) => {
    event.preventDefault()
    const opened = file
    if (opened) void begin('Reading…', (signal) => read(opened, signal))
  })
  pauseButton.addEventListener('click', () => {
    setPaused(gate.isOpen)
    say(gate.isOpen ? 'Going on…' : 'Paused: main waits as well.')
  })
  cancelButton.addEventListener('click', cancel)
  return [lines]
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
