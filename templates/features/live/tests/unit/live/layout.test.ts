import { describe, expect, test } from 'vitest'
import { arrange } from '../../../src/renderer/live-view/graph/arrange'
import { layOut } from '../../../src/renderer/live-view/graph/layout'

const BOX = { width: 136, height: 50 }
const SIZE = { width: 900, height: 480 }

/** All with the first. */
function starOf(count: number) {
  const nodes = Array.from({ length: count }, (_, at) => `node-${at}`)
  return { nodes, links: nodes.slice(1).map((to) => ({ from: 'node-0', to })) }
}

/** Each with the next. */
function ringOf(count: number) {
  const { nodes } = starOf(count)
  const links = nodes.map((from, at) => ({ from, to: nodes[(at + 1) % count] as string }))
  return { nodes, links }
}

describe('The nodes of the live view', () => {
  const graphs = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].flatMap((count) => [
    { name: `a star of ${count}`, ...starOf(count) },
    { name: `a ring of ${count}`, ...ringOf(count) },
  ])

  test.each(graphs)('are beside each other and in the window: $name', ({ nodes, links }) => {
    const places = [...layOut(nodes, links, SIZE, BOX).values()]
    expect(places).toHaveLength(nodes.length)
    for (const { x, y } of places) {
      expect(x - BOX.width / 2).toBeGreaterThanOrEqual(0)
      expect(x + BOX.width / 2).toBeLessThanOrEqual(SIZE.width)
      expect(y - BOX.height / 2).toBeGreaterThanOrEqual(0)
      expect(y + BOX.height / 2).toBeLessThanOrEqual(SIZE.height)
    }
    for (const [at, one] of places.entries()) {
      for (const other of places.slice(at + 1)) {
        const isBeside =
          Math.abs(one.x - other.x) >= BOX.width || Math.abs(one.y - other.y) >= BOX.height
        expect(isBeside).toBe(true)
      }
    }
  })

  test.each(graphs)('leave room for the names of their links: $name', ({ nodes, links }) => {
    const size = { width: 110, height: 21 }
    const all = new Map(links.map((ends, at) => [`${at}`, { ...ends, size }]))
    const { box, places, wires, size: whole } = arrange(nodes, all, SIZE)
    expect(whole.width / SIZE.width).toBeLessThan(1.6)
    const plates = [...wires.values()].map(({ center }) => ({ ...center, ...size }))
    const boxes = [...places.values()].map((place) => ({ ...place, ...box }))
    for (const [at, one] of plates.entries()) {
      for (const other of [...plates.slice(at + 1), ...boxes]) {
        const isBeside =
          Math.abs(one.x - other.x) > (one.width + other.width) / 2 - 2 ||
          Math.abs(one.y - other.y) > (one.height + other.height) / 2 - 2
        expect(isBeside).toBe(true)
      }
    }
  })

  test('are where they were, each time', () => {
    const { nodes, links } = ringOf(9)
    expect(layOut(nodes, links, SIZE, BOX)).toEqual(layOut(nodes, links, SIZE, BOX))
  })
})
