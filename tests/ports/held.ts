import { afterEach } from 'vitest'
import { MemoryPort, meet } from './pair.ts'
import { recordPosts } from './posts.ts'

export const KIB = 1024

export const upTo = (last: number): number[] =>
  Array.from({ length: last }, (_, index) => index + 1)

/** A page of 70 kB with its number on it. */
export function newPage(number: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(17_500).fill(number)
}

export function numberOf(page: unknown): unknown {
  return page instanceof Uint32Array ? page[0] : page
}

/** A library that writes down what it is told, of pages their numbers. */
export function newListener() {
  const heard: unknown[] = []
  return { heard, note: (page: unknown): void => void heard.push(numberOf(page)) }
}

/** A reader, and a library that does not come to read its post until it is released. */
export function meetHeld<Library extends object, Reader extends object = object>(
  library: Library,
  reader?: Reader,
) {
  const ports = MemoryPort.pair()
  const posts = recordPosts(ports[0])
  ports[1].hold()
  held.push(ports[1])
  const meeting = meet<Library, Reader>(library, { ports, ...(reader && { reader }) })
  return {
    ...meeting,
    ports,
    posts,
    countLarge: () => posts.flat().filter(([kind]) => kind === 'large').length,
    release: () => ports[1].release(),
  }
}

const held: MemoryPort[] = []

/** Also after a test that failed, and before `pair.ts` closes the channels. */
afterEach(() => {
  for (const port of held) port.release()
  held.length = 0
})
