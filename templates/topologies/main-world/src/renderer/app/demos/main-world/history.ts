/** How many values are shown at once. */
const LENGTH = 60

/** The least that fills the height, in percent: small numbers shall look small. */
const SCALE = 20

/**
 * Draws the last values as an area, in a picture of 100 × 100 units.
 *
 * @returns those that are shown; the others have been seen.
 */
export function drawHistory(path: SVGPathElement, values: number[]): number[] {
  const shown = values.slice(-LENGTH)
  const most = Math.max(SCALE, ...shown)
  const points = shown.map((value, at) => {
    const x = 100 - (100 * (shown.length - 1 - at)) / (LENGTH - 1)
    return `${x.toFixed(2)} ${(100 - (96 * value) / most).toFixed(2)}`
  })
  const first = points[0]?.split(' ')[0] ?? '100'
  path.setAttribute('d', `M ${first} 102 L ${points.join(' L ')} h 1 V 102 Z`)
  return shown
}
