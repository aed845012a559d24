/**
 * The page's side of the demo: it asks the worker window over the link `jobs`, and shows what comes.
 * `jobs.call` waits for one answer, `jobs.stream` for many, and the signal cancels either.
 */
import {
  MAX_BYTES,
  type Painting,
  type PaintOptions,
  type PaintStep,
  type Photo,
} from '../../../../contracts/jobs'
import { Link, type LinkStatus } from '../../../../ports/link'
import { transfer } from '../../../../ports/channel/transfer'
import { darkroom } from '../../../worker/darkroom'
import { ports } from '../../ports'
import { newStatusLine } from '../../status-line'
import sampleUrl from './coffee.jpg'
import './demo.css'
import { Smoothness } from './smoothness'

export { default as html } from './demo.html?raw'

/** Starts the demo inside of `root`, which holds its HTML. Gives the link it uses. */
export function start(root: HTMLElement): LinkStatus[] {
  const jobs = new Link(ports, 'jobs')
  const find = <Kind extends HTMLElement>(selector: string) => root.querySelector(selector) as Kind

  const original = find<HTMLImageElement>('.original')
  const painting = find<HTMLImageElement>('.painting')
  const picker = find<HTMLInputElement>('input[type=file]')
  const paintButton = find<HTMLButtonElement>('.paint')
  const cancelButton = find<HTMLButtonElement>('.cancel')
  const progress = find<HTMLProgressElement>('.progress')
  const { say, complain } = newStatusLine(find('.status'))
  const smoothness = new Smoothness(find('.ball'), find('.frames'))

  let file: Blob | undefined
  let work = new AbortController()

  /** Does one thing at a time: what is new ends what was before, which then has nothing more to say. */
  async function begin(text: string, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    work.abort(new Error('Something else was asked for.'))
    work = new AbortController()
    const { signal } = work
    progress.value = 0
    say(text)
    setBusy(true)
    try {
      await run(signal)
    } catch (error) {
      if (signal !== work.signal) return
      progress.value = 0
      complain(error)
    }
    if (signal === work.signal) setBusy(false)
  }

  async function choose(getFile: () => Promise<Blob>, signal: AbortSignal): Promise<void> {
    const chosen = await getFile()
    const photo = await read(chosen)
    if (jobs.state !== 'connected') say('Waiting for the worker window…')
    const size = await jobs.call.inspect(transfer(photo, [photo.bytes]), signal)
    file = chosen
    show(original, chosen, `${size.width} × ${size.height}`)
    painting.hidden = true
    find('.painting-caption').textContent = 'The painting appears here'
    say(`Ready: ${kilobytes(chosen.size)}. Press Paint.`)
  }

  async function paint(chosen: Blob, signal: AbortSignal): Promise<void> {
    smoothness.start()
    try {
      for await (const step of startJob(await read(chosen), options(), signal)) {
        if (step.kind === 'progress') progress.value = step.done
        else showPainting(step, chosen.size)
      }
    } finally {
      smoothness.stop()
    }
  }

  /** The same job, over the port or right here: watch the ball. */
  function startJob(
    photo: Photo,
    settings: PaintOptions,
    signal: AbortSignal,
  ): AsyncIterable<PaintStep> {
    const where = find<HTMLSelectElement>('.where').value
    if (where === 'page') return darkroom.paint(photo, settings, signal)
    if (jobs.state !== 'connected') say('Waiting for the worker window…')
    return jobs.stream.paint(transfer(photo, [photo.bytes]), settings, signal)
  }

  function options(): PaintOptions {
    const width = find<HTMLSelectElement>('.width').value
    return {
      brush: Number(find<HTMLInputElement>('.brush').value),
      width: Number(width) || undefined,
    }
  }

  function showPainting({ png, width, height, took }: Painting, sent: number): void {
    progress.value = 1
    show(painting, new Blob([png], { type: 'image/png' }), `${width} × ${height}`)
    const [decode, brush, encode] = [took.decode, took.paint, took.encode].map(Math.round)
    const total = Math.round(took.decode + took.paint + took.encode)
    say(
      `Done in ${total} ms: decode ${decode}, paint ${brush}, encode ${encode}. ` +
        `${kilobytes(sent)} there, ${kilobytes(png.byteLength)} back.`,
    )
  }

  function show(image: HTMLImageElement, picture: Blob, caption: string): void {
    URL.revokeObjectURL(image.src)
    image.src = URL.createObjectURL(picture)
    image.hidden = false
    find(`.${image.className}-caption`).textContent = caption
  }

  /** The keyboard's focus goes along, where it was on the button that can no longer be pressed. */
  function setBusy(busy: boolean): void {
    const [from, to] = busy ? [paintButton, cancelButton] : [cancelButton, paintButton]
    const hadFocus = document.activeElement === from
    cancelButton.disabled = !busy
    paintButton.disabled = busy || !file
    if (hadFocus) to.focus()
  }

  function chooseFile(chosen: File | undefined): void {
    if (chosen) void begin('Reading…', (signal) => choose(async () => chosen, signal))
  }

  find('.sample').addEventListener('click', () => {
    void begin('Reading…', (signal) => choose(loadSample, signal))
  })
  picker.addEventListener('change', () => {
    chooseFile(picker.files?.[0])
    picker.value = '' // so that the same file can be chosen again
  })
  paintButton.addEventListener('click', () => {
    const chosen = file
    if (chosen) void begin('Painting…', (signal) => paint(chosen, signal))
  })
  cancelButton.addEventListener('click', () => work.abort(new Error('Cancelled.')))
  find('.drop').addEventListener('dragover', (event) => event.preventDefault())
  find('.drop').addEventListener('drop', (event) => {
    event.preventDefault()
    chooseFile(event.dataTransfer?.files[0])
  })
  return [jobs]
}

async function loadSample(): Promise<Blob> {
  return (await fetch(sampleUrl)).blob()
}

async function read(file: Blob): Promise<Photo> {
  if (file.size > MAX_BYTES) {
    const message = `This file has ${kilobytes(file.size)}: more than a photo should.`
    throw Object.assign(new Error(message), { code: 'TOO_LARGE' })
  }
  return { bytes: await file.arrayBuffer(), type: file.type }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toLocaleString(undefined, { maximumFractionDigits: 0 })} KB`
}
