/**
 * The page's side of the demo: it asks the worker window over the link `jobs`, and shows what comes.
 * `channel.call` waits for one answer, `channel.stream` for many, and the signal cancels either.
 */
import type { Jobs, Painting, PaintOptions, PaintStep, Photo } from '../../../../contracts/jobs'
import type { Channel } from '../../../../ports/channel'
import { Link } from '../../../../ports/link'
import { transfer } from '../../../../ports/transfer'
import { darkroom } from '../../../worker/darkroom'
import sampleUrl from './coffee.jpg'
import './demo.css'
import { Smoothness } from './smoothness'

export { default as html } from './demo.html?raw'

/** Starts the demo inside of `root`, which holds its HTML. Gives the link it uses. */
export function start(root: HTMLElement): Link<Jobs> {
  const jobs = new Link<Jobs>('jobs')
  const find = <Kind extends HTMLElement>(selector: string) => root.querySelector(selector) as Kind

  const original = find<HTMLImageElement>('.original')
  const painting = find<HTMLImageElement>('.painting')
  const paintButton = find<HTMLButtonElement>('.paint')
  const cancelButton = find<HTMLButtonElement>('.cancel')
  const progress = find<HTMLProgressElement>('.progress')
  const status = find('.status')
  const drop = find('.drop')
  const smoothness = new Smoothness(find('.ball'), find('.frames'))

  let latest: Blob | undefined // the last choice, good or not
  let file: Blob | undefined // the one to paint
  let job = new AbortController()

  async function choose(chosen: Blob | undefined): Promise<void> {
    if (!chosen) return
    latest = chosen
    job.abort(new Error('Another picture was chosen.'))
    try {
      const { call } = await connect()
      const { width, height } = await call.inspect(await read(chosen))
      if (chosen !== latest) return
      file = chosen
      show(original, chosen, `${width} × ${height}`)
      painting.hidden = true
      find('.painting-caption').textContent = 'The painting appears here'
      say(`Ready: ${kilobytes(chosen.size)}. Press Paint.`)
    } catch (error) {
      complain(error)
    }
    paintButton.disabled = !file
  }

  async function paint(photo: Blob): Promise<void> {
    job = new AbortController()
    setBusy(true)
    smoothness.start()
    try {
      for await (const step of await startJob(await read(photo), options(), job.signal)) {
        if (step.kind === 'progress') showProgress(step.done)
        else showPainting(step, photo.size)
      }
    } catch (error) {
      progress.value = 0
      complain(error)
    }
    smoothness.stop()
    setBusy(false)
  }

  /** The same job, over the port or right here: watch the ball. */
  async function startJob(
    photo: Photo,
    settings: PaintOptions,
    signal: AbortSignal,
  ): Promise<AsyncIterable<PaintStep>> {
    if (find<HTMLSelectElement>('.where').value === 'page')
      return darkroom.paint(photo, settings, signal)
    const { stream } = await connect(signal)
    return stream.paint(transfer(photo, [photo.bytes]), settings, signal)
  }

  function connect(signal?: AbortSignal): Promise<Channel<Jobs>> {
    if (jobs.state !== 'connected') say('Waiting for the worker window…')
    return jobs.channel(signal)
  }

  function options(): PaintOptions {
    const width = find<HTMLSelectElement>('.width').value
    return {
      brush: Number(find<HTMLInputElement>('.brush').value),
      width: Number(width) || undefined,
    }
  }

  function showProgress(done: number): void {
    progress.value = done
    say(`Painting… ${Math.round(done * 100)} %`)
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

  function setBusy(busy: boolean): void {
    paintButton.disabled = busy
    cancelButton.disabled = !busy
  }

  function say(text: string): void {
    status.textContent = text
    delete status.dataset['code']
  }

  /** An error comes over the port with its message and its code, whoever threw it. */
  function complain(error: unknown): void {
    const { message = String(error), code = '' } = error as { message?: string; code?: string }
    status.textContent = message
    status.dataset['code'] = code
  }

  find('.sample').addEventListener('click', () => void loadSample().then(choose))
  find<HTMLInputElement>('input[type=file]').addEventListener('change', ({ target }) => {
    void choose((target as HTMLInputElement).files?.[0])
  })
  paintButton.addEventListener('click', () => file && void paint(file))
  cancelButton.addEventListener('click', () => job.abort(new Error('Cancelled.')))
  drop.addEventListener('dragover', (event) => event.preventDefault())
  drop.addEventListener('drop', (event) => {
    event.preventDefault()
    void choose(event.dataTransfer?.files[0])
  })
  return jobs
}

async function loadSample(): Promise<Blob> {
  return (await fetch(sampleUrl)).blob()
}

async function read(file: Blob): Promise<Photo> {
  return { bytes: await file.arrayBuffer(), type: file.type }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toLocaleString(undefined, { maximumFractionDigits: 0 })} KB`
}
