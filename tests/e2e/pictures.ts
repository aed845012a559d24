import { PNG } from 'pngjs'

/** A PNG file as a user would pick it. */
export function pngFile(png: PNG): { name: string; mimeType: string; buffer: Buffer } {
  return { name: 'photo.png', mimeType: 'image/png', buffer: PNG.sync.write(png) }
}

/** A picture with smooth areas, hard edges and noise, the same each time. */
export function drawPicture(width: number, height: number): PNG {
  const png = new PNG({ width, height })
  let seed = 1
  const noise = (): number => (seed = (seed * 48_271) % 2_147_483_647) % 40
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isInDisc = (x - width / 2) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2
      const colour = isInDisc
        ? [200 + noise(), 60 + noise(), 20 + noise()]
        : [(x * 200) / width + noise(), (y * 200) / height + noise(), 120 + noise()]
      png.data.set([...colour, 255], (y * width + x) * 4)
    }
  }
  return png
}

/**
 * The painting that the demo should make, found another way: by tables of sums, each of which tells the
 * sum of any rectangle from its four corners.
 */
export function expectPainting(photo: PNG, radius: number): Buffer {
  const { width, height, data } = photo
  const padded = { width: width + 2 * radius, height: height + 2 * radius }
  const at = (x: number, y: number, channel: number): number => {
    const inX = Math.min(Math.max(x - radius, 0), width - 1)
    const inY = Math.min(Math.max(y - radius, 0), height - 1)
    return data[(inY * width + inX) * 4 + channel] as number
  }
  const luma = (x: number, y: number): number =>
    Math.floor((at(x, y, 0) * 77 + at(x, y, 1) * 150 + at(x, y, 2) * 29) / 256)
  const sums = [0, 1, 2].map((channel) => tableOf(padded, (x, y) => at(x, y, channel)))
  const light = tableOf(padded, luma)
  const squared = tableOf(padded, (x, y) => luma(x, y) ** 2)
  const side = radius + 1
  const count = side * side

  const painting = Buffer.alloc(data.length, 255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const corners = [
        [x, y],
        [x + radius, y],
        [x, y + radius],
        [x + radius, y + radius],
      ] as [number, number][]
      const unevenness = corners.map(
        ([left, top]) => squared(left, top, side) / count - (light(left, top, side) / count) ** 2,
      )
      const best = indexOfLeast(unevenness)
      const [left, top] = corners[best] as [number, number]
      sums.forEach((sum, channel) => {
        painting[(y * width + x) * 4 + channel] = Math.round(sum(left, top, side) / count)
      })
    }
  }
  return painting
}

/** The sum of `value` over a square, by its left and upper edge and its side. */
type SumOfSquare = (left: number, top: number, side: number) => number

function tableOf(
  { width, height }: { width: number; height: number },
  value: (x: number, y: number) => number,
): SumOfSquare {
  const table = new Float64Array((width + 1) * (height + 1))
  const cell = (x: number, y: number): number => y * (width + 1) + x
  const sum = (x: number, y: number): number => table[cell(x, y)] as number
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      table[cell(x + 1, y + 1)] = value(x, y) + sum(x, y + 1) + sum(x + 1, y) - sum(x, y)
    }
  }
  return (left, top, side) =>
    sum(left + side, top + side) - sum(left, top + side) - sum(left + side, top) + sum(left, top)
}

/** The first of the least, where ones that differ by rounding alone count as equal. */
function indexOfLeast(values: number[]): number {
  const least = Math.min(...values)
  return values.findIndex((value) => value - least < 1e-6)
}
