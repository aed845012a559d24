/**
 * Where the nodes stand: the one with most neighbours in the middle, the others on an ellipse around it, so that no
 * link passes behind a node that it does not touch. The same for the same graph, and size of the window.
 */
export interface Point {
  x: number
  y: number
}

export interface Size {
  width: number
  height: number
}

interface Ends {
  from: string
  to: string
}

/** The width that is made use of in any case, in pixels: three nodes in a row, and the names of their links. */
const ENOUGH = 900

/** Up to so many on the ellipse all their orders are tried. */
const MOST_TRIED = 7

/** @param box  The size of a node. */
export function layOut(nodes: string[], links: Ends[], size: Size, box: Size): Map<string, Point> {
  const middle = hubOf(nodes, links)
  const rim = order(
    nodes.filter((node) => node !== middle),
    links,
    middle,
  )
  const center = { x: size.width / 2, y: size.height / 2 }
  const radius = {
    x: Math.max(0, (size.width - box.width) / 2 - 24),
    y: Math.max(0, (size.height - box.height) / 2 - 18),
  }
  const places = new Map<string, Point>()
  if (middle !== undefined) places.set(middle, center)
  const angles = rim.map((_, index) => angleOf(index, rim.length))
  const across = stretch(angles.map(Math.cos))
  const down = stretch(angles.map(Math.sin))
  for (const [index, node] of rim.entries()) {
    places.set(node, {
      x: center.x + (across[index] as number) * radius.x * spreadOf(size),
      y: center.y + (down[index] as number) * radius.y,
    })
  }
  return places
}

/** From -1 to 1, whatever they were: an odd number of nodes fills the window, too. */
function stretch(values: number[]): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  if (most - least < 1e-6) return values
  return values.map((value) => (2 * (value - least)) / (most - least) - 1)
}

/** In a very wide window the ends of a link need not be as far apart. */
function spreadOf({ width, height }: Size): number {
  return Math.min(1, Math.max(2.6 * height, ENOUGH) / width)
}

/** One that speaks with at least half of the others, and with more than the next; undefined without. */
function hubOf(nodes: string[], links: Ends[]): string | undefined {
  if (nodes.length < 3) return undefined
  let [hub, most] = ['', 0]
  for (const node of nodes) {
    const count = neighboursOf(node, links).size
    if (count > most) [hub, most] = [node, count]
  }
  return most * 2 >= nodes.length - 1 ? hub : undefined
}

function neighboursOf(node: string, links: Ends[]): Set<string> {
  const ends = links.flatMap(({ from, to }) => (from === node ? [to] : to === node ? [from] : []))
  return new Set(ends)
}

/** The first stands at the right; four stand in the corners. */
function angleOf(index: number, count: number): number {
  const first = count === 4 ? Math.PI / 4 : 0
  return first + (index * 2 * Math.PI) / count
}

/** The order on the rim in which those that speak with each other are closest. */
function order(nodes: string[], links: Ends[], middle: string | undefined): string[] {
  if (nodes.length > MOST_TRIED) return swapUntilBest(nodes, links, middle)
  let [best, least] = [nodes, Infinity]
  for (const tried of permutationsOf(nodes)) {
    const cost = costOf(tried, links, middle)
    if (cost < least) [best, least] = [tried, cost]
  }
  return best
}

function* permutationsOf(nodes: string[]): Generator<string[]> {
  if (nodes.length < 2) return yield nodes
  for (const [index, node] of nodes.entries()) {
    for (const rest of permutationsOf(nodes.filter((_, at) => at !== index))) yield [node, ...rest]
  }
}

function swapUntilBest(nodes: string[], links: Ends[], middle: string | undefined): string[] {
  let best = nodes
  for (let isBetter = true; isBetter;) {
    isBetter = false
    for (let one = 0; one < nodes.length; one++) {
      for (let other = one + 1; other < nodes.length; other++) {
        const tried = [...best]
        tried[one] = best[other] as string
        tried[other] = best[one] as string
        if (costOf(tried, links, middle) >= costOf(best, links, middle)) continue
        best = tried
        isBetter = true
      }
    }
  }
  return best
}

/** Links along the rim are to be short; many side by side to the middle have most room at its sides. */
function costOf(rim: string[], links: Ends[], middle: string | undefined): number {
  let cost = 0
  for (const { from, to } of links) {
    const [one, other] = [rim.indexOf(from), rim.indexOf(to)]
    if (one >= 0 && other >= 0) {
      const steps = Math.abs(one - other)
      cost += 10 * Math.min(steps, rim.length - steps)
    } else if ([from, to].includes(middle ?? '')) {
      cost += Math.abs(Math.sin(angleOf(Math.max(one, other), rim.length)))
    }
  }
  return cost
}
