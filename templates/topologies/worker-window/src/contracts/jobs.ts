/** The link `jobs`: what the page may ask of the worker window. */
export interface Jobs {
  /**
   * Reads a picture's size, in pixels.
   *
   * @throws with code `NOT_A_PICTURE` when Chromium cannot decode it.
   */
  inspect(photo: Photo, signal: AbortSignal): Promise<Size>

  /**
   * Turns a photo into a painting: progress first, the painting last. Aborting stops the work.
   *
   * @throws with code `NOT_A_PICTURE`, or `TOO_LARGE` above {@link MAX_PIXELS}.
   */
  paint(photo: Photo, options: PaintOptions, signal: AbortSignal): AsyncIterable<PaintStep>
}

/** The largest file, in bytes. */
export const MAX_BYTES = 100_000_000

/** The largest painting, in pixels. */
export const MAX_PIXELS = 40_000_000

/** A picture file, as it is on disk. */
export interface Photo {
  bytes: ArrayBuffer
  /** Its media type, such as `image/jpeg`; may be empty. */
  type: string
}

export interface PaintOptions {
  /** Radius of the brush in pixels, 1 to 12. */
  brush: number
  /** Width of the painting in pixels; undefined: as wide as the photo. */
  width?: number | undefined
}

export interface Size {
  width: number
  height: number
}

export type PaintStep = { kind: 'progress'; done: number } | ({ kind: 'painting' } & Painting)

export interface Painting extends Size {
  /** A PNG file. */
  png: ArrayBuffer
  /** How long each step took, in milliseconds. */
  took: { decode: number; paint: number; encode: number }
}
