import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { editFile } from './edit-file.ts'
import { runScript } from './project.ts'
import { startScript } from './start-script.ts'
import { useProject } from './use-project.ts'

describeInElectron('A thread of a utility process', ({ env }) => {
  const project = useProject(['utility-process'], env)
  const thread = (): string => join(project(), 'src/threads/primes.ts')

  beforeEach(async () => {
    await mkdir(join(project(), 'src/threads'), { recursive: true })
    await writeFile(thread(), THREAD)
    await writeFile(join(project(), 'src/contracts/primes.ts'), CONTRACT)
    await editFile(project(), 'src/utility/indexer.ts', (text) => `${IMPORTS}${text}${USE}`)
  })
  afterEach(async () => {
    await rm(join(project(), 'src/threads'), { recursive: true })
    await rm(join(project(), 'src/contracts/primes.ts'))
  })

  test('is type-checked, and passes the linter', async () => {
    await runScript(project(), env(), 'typecheck')
    await runScript(project(), env(), 'lint')
    await writeFile(thread(), `${THREAD}\nexport const wrong: number = 'no number'\n`)
    await expect(runScript(project(), env(), 'typecheck')).rejects.toThrow('ended with code')
  }, 120_000)

  test.each(['dev', 'start'] as const)(
    'answers calls and streams, and is given what is moved, by "npm run %s"',
    async (command) => {
      const { output } = await startScript(project(), command, env())
      await expect
        .poll(output, { timeout: 45_000 })
        .toContain('Below 30: 10, 2 3 5 7 11; weighed 1000000, left 0; then closed')
    },
  )
})

const CONTRACT = `
export interface Primes {
  count(below: number): Promise<number>
  each(signal: AbortSignal): AsyncIterable<number>
  weigh(bytes: ArrayBuffer): Promise<number>
  end(): void
}
`

const THREAD = `
import { workerData } from 'node:worker_threads'
import type { Primes } from '../contracts/primes'
import { openChannel } from '../ports/channel/channel'

openChannel(workerData.port, {
  count: async (below) => Array.from({ length: below }, (_, n) => n).filter(isPrime).length,
  async *each(signal) {
    for (let n = 2; !signal.aborted; n++) if (isPrime(n)) yield n
  },
  weigh: async (bytes) => bytes.byteLength,
  end: () => process.exit(),
} satisfies Primes)

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false
  return n > 1
}
`

const IMPORTS = `
import { MessageChannel } from 'node:worker_threads'
import type { Primes } from '../contracts/primes'
import { transfer } from '../ports/channel/transfer'
import newPrimes from '../threads/primes?nodeWorker'
`

const USE = `
async function tryPrimes(): Promise<string> {
  const { port1, port2 } = new MessageChannel()
  newPrimes({ workerData: { port: port2 }, transferList: [port2] })
  const primes = openChannel<Primes>(port1)
  const found: number[] = []
  for await (const prime of primes.stream.each(new AbortController().signal)) {
    found.push(prime)
    if (found.length === 5) break
  }
  const bytes = transfer(new ArrayBuffer(1_000_000))
  const weight = await primes.call.weigh(bytes)
  const count = await primes.call.count(30)
  primes.notify.end()
  const { code } = await primes.closed
  return \`Below 30: \${count}, \${found.join(' ')}; weighed \${weight}, left \${bytes.byteLength}; then \${code}\`
}

void tryPrimes().then(console.log, console.error)
`
