/**
 * The job. It needs what only a page has: Chromium's image decoders, SVG among them, and a canvas.
 */
import { type Jobs, MAX_PIXELS, type Photo, type Size } from '../../contracts/jobs'
import { transfer } from '../../ports/channel/transfer'
import { paintRows } from './paint'

/** For how long the job may keep this page busy, in milliseconds, before it looks up for a cancel. */
const BREATH_MS = 60

export const darkroom: Jobs = {
  async inspect(photo) {
    const { naturalWidth, naturalHeight } = await decode(photo)
    return { width: naturalWidth, height: naturalHeight }
  },

  async *paint(photo, { brush, width }, signal) {
    const started = performance.now()
    const pixels = draw(await decode(photo), width)
    const decoded = performance.now()

    const painting = new ImageData(pixels.width, pixels.height)
    let lastBreath = decoded
    for (const row of paintRows(pixels, painting, brush)) {
      if (performance.now() - lastBreath < BREATH_MS) continue
      yield { kind: 'progress', done: row / pixels.height }
      await nextTask()
      signal.throwIfAborted()
      lastBreath = performance.now()
    }
    const painted = performance.now()

    const png = await encode(painting)
    const took = {
      decode: decoded - started,
      paint: painted - decoded,
      encode: performance.now() - painted,
    }
    const { height } = painting
    yield transfer({ kind: 'painting', png, width: painting.width, height, took }, [png])
  },
}

async function decode({ bytes, type }: Photo): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([bytes], { type }))
  await image.decode().catch(() => {}) // It has no size then.
  URL.revokeObjectURL(image.src)
  if (image.naturalWidth > 0 && image.naturalHeight > 0) return image
  throw failure('NOT_A_PICTURE', 'This file is not a picture that Chromium can decode.')
}

/** Draws the photo at the wanted width and gives its pixels. */
function draw(photo: HTMLImageElement, wantedWidth = photo.naturalWidth): ImageData {
  const { width, height } = scale(photo, wantedWidth)
  const context = newCanvas({ width, height })
  context.imageSmoothingQuality = 'high'
  context.drawImage(photo, 0, 0, width, height)
  return context.getImageData(0, 0, width, height)
}

function scale({ naturalWidth, naturalHeight }: HTMLImageElement, width: number): Size {
  const height = Math.max(1, Math.round((naturalHeight * width) / naturalWidth))
  if (width * height > MAX_PIXELS) {
    const size = `${width} × ${height}`
    throw failure('TOO_LARGE', `A painting of ${size} pixels is too large: choose a smaller width.`)
  }
  return { width, height }
}

async function encode(painting: ImageData): Promise<ArrayBuffer> {
  const context = newCanvas(painting)
  context.putImageData(painting, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) => context.canvas.toBlob(resolve))
  if (!blob) throw failure('TOO_LARGE', 'Chromium could not encode the painting.')
  return blob.arrayBuffer()
}

function newCanvas({ width, height }: Size): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw failure('TOO_LARGE', `Chromium has no canvas of ${width} × ${height} pixels.`)
  return context
}

/** An error with a code, which the kernel carries to the other end. */
function failure(code: 'NOT_A_PICTURE' | 'TOO_LARGE', message: string): Error {
  return Object.assign(new Error(message), { code })
}

/** Lets messages in, a cancel among them. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
