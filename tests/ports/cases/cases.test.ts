import { join } from 'node:path'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Terms } from './case.ts'
import { cases } from './cases.ts'
import { HOLDS, type Part, play } from './meet.ts'

const terms: Terms = { moves: true, toProcess: false }

let thread: Worker

/** In memory: a thread can run code that is in no file. */
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    define: { 'import.meta.env': 'undefined' },
    write: false,
  })
  thread = new Worker(outputFiles[0]!.text, { eval: true })
})

afterAll(async () => {
  await thread.terminate()
})

describe.each([
  ['A reader here and a library in another thread', 'reader', 'library'],
  ['A reader in another thread and a library here', 'library', 'reader'],
] as const)('%s', (_, role, roleThere) => {
  const possible = cases.filter(({ isFor }) => isFor?.(terms) ?? true)

  test.each(possible.map(({ name }) => name))('%s', { timeout: 30_000 }, async (name) => {
    const { port1, port2 } = new MessageChannel()
    const part = { name, terms, toProcess: false }
    const [here, there] = await Promise.all([
      play({ ...part, role }, port1, cases),
      playThere({ ...part, role: roleThere }, port2),
    ])
    expect({ here, there }).toEqual({ here: HOLDS, there: HOLDS })
  })
})

function playThere(part: Part, port: MessagePort): Promise<string> {
  return new Promise((resolve) => {
    const receive = ({ name, outcome }: { name: string; outcome: string }): void => {
      if (name !== part.name) return
      thread.off('message', receive)
      resolve(outcome)
    }
    thread.on('message', receive)
    thread.postMessage({ part, port }, [port])
  })
}
