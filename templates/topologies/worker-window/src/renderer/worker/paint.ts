/**
 * The Kuwahara filter, which makes a photo look painted. Each pixel takes the mean colour of the most
 * even of the four squares that have it as a corner: areas become flat strokes, and edges stay sharp.
 *
 *        ┌─────┬─────┐
 *        │     │     │   every square is (radius + 1) pixels wide; beyond the
 *        ├─────■─────┤   border of the picture its outermost pixels repeat
 *        │     │     │
 *        └─────┴─────┘
 */
interface Pixels {
  readonly width: number
  readonly height: number
  /** Red, green, blue and opacity of each pixel, row by row. */
  readonly data: Uint8ClampedArray
}

/** Paints `photo` into `painting`, which has its size. Yields the number of rows done, after each. */
export function* paintRows(photo: Pixels, painting: Pixels, radius: number): Generator<number> {
  const luma = lumaOf(photo)
  for (let y = 0; y < photo.height; y++) {
    for (let x = 0; x < photo.width; x++) paintPixel(photo, luma, painting, x, y, radius)
    yield y + 1
  }
}

/** The brightness of each pixel, 0 to 255. */
function lumaOf({ data }: Pixels): Uint8Array {
  const luma = new Uint8Array(data.length / 4)
  for (let i = 0, at = 0; i < luma.length; i++, at += 4) {
    luma[i] = (77 * data[at]! + 150 * data[at + 1]! + 29 * data[at + 2]!) >> 8
  }
  return luma
}

function paintPixel(
  photo: Pixels,
  luma: Uint8Array,
  painting: Pixels,
  x: number,
  y: number,
  radius: number,
): void {
  const { width, height, data } = photo
  const count = (radius + 1) ** 2
  let least = Infinity
  let red = 0
  let green = 0
  let blue = 0

  for (let square = 0; square < 4; square++) {
    const left = square % 2 === 0 ? x - radius : x
    const top = square < 2 ? y - radius : y
    let sum = 0
    let sumOfSquares = 0
    let r = 0
    let g = 0
    let b = 0
    for (let row = top; row <= top + radius; row++) {
      const start = clamp(row, height) * width
      for (let column = left; column <= left + radius; column++) {
        const pixel = start + clamp(column, width)
        const light = luma[pixel]!
        sum += light
        sumOfSquares += light * light
        r += data[pixel * 4]!
        g += data[pixel * 4 + 1]!
        b += data[pixel * 4 + 2]!
      }
    }
    const unevenness = count * sumOfSquares - sum * sum
    if (unevenness < least) {
      least = unevenness
      red = r
      green = g
      blue = b
    }
  }

  const at = (y * width + x) * 4
  painting.data[at] = Math.round(red / count)
  painting.data[at + 1] = Math.round(green / count)
  painting.data[at + 2] = Math.round(blue / count)
  painting.data[at + 3] = data[at + 3]!
}

function clamp(value: number, size: number): number {
  return value < 0 ? 0 : value >= size ? size - 1 : value
}
