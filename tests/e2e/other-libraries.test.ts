import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { runCommand } from '../electron/run-command.ts'
import { pageOf } from './darkroom.ts'
import { copyProject, runScript } from './project.ts'

const pagePath = join(import.meta.dirname, '../../templates/base/src/ports/OTHER-LIBRARIES.md')

/** What the blocks of the page export, put on `window` by {@link addLibraries}. */
interface Blocks {
  ask<Answer>(question: (tools: Tools) => Promise<Answer>): Promise<Answer>
  client: {
    measure: { query(question: Question, options?: { signal: AbortSignal }): Promise<number> }
    measureEach: { subscribe(question: Question, observer: Observer): { unsubscribe(): void } }
  }
}

interface Tools {
  measure(text: string, font: string): Promise<number>
}

interface Question {
  texts: string[]
  font: string
}

interface Observer {
  onData?(width: number): void
  onError?(error: Error): void
  onComplete?(): void
}

const font = '16px serif'

/** For what takes milliseconds where nothing else runs. */
const soon = { timeout: 10_000 }

/** What `OTHER-LIBRARIES.md` shows, in a project whose user did what it says. */
describeInElectron('Other libraries on the same ports', ({ env, launch }) => {
  let project: string

  beforeAll(async () => {
    project = join(dirname(inject('workerWindowProject')), 'other-libraries')
    await copyProject(inject('workerWindowProject'), project)
    await addLibraries(project, env())
    await runScript(project, env(), 'build')
  }, 180_000)

  afterAll(() => rm(project, { recursive: true, force: true, maxRetries: 3 }))

  const open = async (): Promise<{ page: Page; worker: Page }> => {
    const { app } = await launch(project)
    const [page, worker] = [await pageOf(app, 'app'), await pageOf(app, 'worker')]
    await page.waitForFunction(() => 'client' in window)
    return { page, worker }
  }

  test('pass type check and linter', async () => {
    await runScript(project, env(), 'typecheck')
    await runScript(project, env(), 'lint')
  }, 120_000)

  test('do what the page says of their use', async () => {
    const { page } = await open()
    const logged: string[] = []
    page.on('console', (message) => logged.push(message.text()))
    await page.reload()
    const [comlink, trpc, width] = [/^comlink: \d/, /^tRPC: \d/, /^\d/].map((pattern): unknown =>
      expect.stringMatching(pattern),
    )
    // The document before may have had its last words just now.
    await expect.poll(() => logged.slice(-4), soon).toEqual([comlink, trpc, width, width])
  })

  test('comlink has a call answered by the other page', async () => {
    const { page, worker } = await open()
    await fakeWidths(worker)
    expect(await askComlink(page, 'four', font)).toBe(4)
  })

  test('comlink brings the error of the other page', async () => {
    const { page } = await open()
    expect(await askComlink(page, 'four', 'no font')).toMatchObject({
      name: 'SyntaxError',
      message: expect.stringContaining('no font'),
    })
  })

  test('comlink fails a call when the other page is reloaded, and asks the next one', async () => {
    const { page, worker } = await open()
    const isAsked = await hang(worker)
    const answer = askComlink(page, 'four', font)
    await expect.poll(isAsked, soon).toBe(true)
    await worker.reload()
    expect(await answer).toMatchObject({ name: 'PortError', code: 'closed' })
    expect(await askComlink(page, 'four', font)).toBeGreaterThan(4)
  })

  test('tRPC has a query answered by the other page', async () => {
    const { page, worker } = await open()
    await fakeWidths(worker)
    expect(await queryTrpc(page, ['four', 'five'], font)).toBe(9)
  })

  test('tRPC brings the error of the other page, without its stack', async () => {
    const { page } = await open()
    expect(await queryTrpc(page, ['four'], 'no font')).toEqual({
      name: 'TRPCClientError',
      message: expect.stringContaining('no font'),
      data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, path: 'measure' },
    })
  })

  test('tRPC refuses an input that its procedure does not take', async () => {
    const { page } = await open()
    expect(await queryTrpc(page, 'four', font)).toMatchObject({
      message: 'A question has texts and a font.',
      data: { code: 'BAD_REQUEST' },
    })
  })

  test('tRPC yields the items of a subscription and ends it', async () => {
    const { page, worker } = await open()
    await fakeWidths(worker)
    expect(await subscribe(page, ['a', 'bb', 'ccc'], font)).toEqual([1, 2, 3, 'complete'])
  })

  test('tRPC brings the error of a subscription', async () => {
    const { page } = await open()
    expect(await subscribe(page, ['a'], 'no font')).toEqual([expect.stringContaining('no font')])
  })

  test('tRPC stops a subscription that nobody reads any more', async () => {
    const { page, worker } = await open()
    const isWorking = await startLongSubscription(page, worker)
    await page.evaluate(() => Reflect.get(window, 'subscription').unsubscribe())
    await expect.poll(isWorking, soon).toBe(false)
  })

  test('tRPC stops a subscription whose page is reloaded', async () => {
    const { page, worker } = await open()
    const isWorking = await startLongSubscription(page, worker)
    await page.reload()
    await expect.poll(isWorking, soon).toBe(false)
  })

  test('tRPC rejects a query at once when its signal aborts', async () => {
    const { page, worker } = await open()
    const isAsked = await hang(worker)
    const message = page.evaluate(
      (question) => {
        const { client } = window as unknown as Blocks
        const signal = AbortSignal.timeout(200)
        return client.measure.query(question, { signal }).catch((error: Error) => String(error))
      },
      { texts: ['four'], font },
    )
    await expect.poll(isAsked, soon).toBe(true)
    expect(await message).toMatch(/^TRPCClientError: .*timed out/)
  })

  test('tRPC fails what waits when the other page is reloaded, and asks the next one', async () => {
    const { page, worker } = await open()
    const isAsked = await hang(worker)
    const answer = queryTrpc(page, ['four'], font)
    const items = subscribe(page, ['four'], font)
    await expect.poll(isAsked, soon).toBe(true)
    await worker.reload()
    expect(await answer).toMatchObject({ name: 'TRPCClientError', cause: 'closed' })
    expect(await items).toEqual(['The other end of the port is gone.'])
    expect(await queryTrpc(page, ['four'], font)).toBeGreaterThan(4)
  })
})

/** Does with a project what `OTHER-LIBRARIES.md` says, and shows the tests what it made. */
async function addLibraries(project: string, env: Record<string, string>): Promise<void> {
  const markdown = await readFile(pagePath, 'utf8')
  for (const command of fencedBlocks(markdown, 'sh')) {
    const [npm = '', ...args] = command.trim().split(' ')
    expect(npm).toBe('npm')
    await runCommand(npm, args, { cwd: project, env: { ...process.env, ...env }, timeout: 120_000 })
  }
  for (const block of fencedBlocks(markdown, 'ts')) await addBlock(project, block)
  const expose = 'Object.assign(window, { ask, client })\n'
  await appendFile(join(project, 'src/renderer/app/main.ts'), expose)
}

/** The first line says where a block belongs: in a file of its own, or in one that is there. */
async function addBlock(project: string, block: string): Promise<void> {
  const [, what = '', path = ''] = /^\/\/ (.*?)(src\/\S+\.ts)\n/.exec(block) ?? []
  const code = block.slice(block.indexOf('\n') + 1)
  const file = join(project, path)
  if (what === '') await writeFile(file, block, { flag: 'wx' })
  else if (what === 'add to ') await appendFile(file, code)
  else if (what === 'add to the links in ') await addAfter(file, 'const links = {\n', code)
  else if (what === 'add to the contracts in ')
    await addAfter(file, 'interface Contracts {\n', code)
  else throw new Error(`Where does this block belong?\n${block}`)
}

async function addAfter(file: string, start: string, code: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  const changed = text.replace(start, () => start + code)
  expect(changed).not.toBe(text)
  await writeFile(file, changed)
}

function fencedBlocks(markdown: string, language: string): string[] {
  const blocks = markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)
  return [...blocks].flatMap(([, kind, text = '']) => (kind === language ? [text] : []))
}

/** What comlink answers, or what is to be known of the error. */
function askComlink(page: Page, text: string, cssFont: string): Promise<unknown> {
  return page.evaluate(
    ([measured, face]) => {
      const { ask } = window as unknown as Blocks
      const fail = ({ name, message, code }: Error & { code?: string }) => ({ name, message, code })
      return ask((tools) => tools.measure(measured, face)).catch(fail)
    },
    [text, cssFont] as const,
  )
}

/** What tRPC answers, or what is to be known of the error. */
function queryTrpc(page: Page, texts: unknown, cssFont: string): Promise<unknown> {
  return page.evaluate(
    (question) => {
      const { client } = window as unknown as Blocks
      return client.measure.query(question as Question).catch((error) => {
        const { name, message, data, cause } = error
        return { name, message, data, cause: cause?.code }
      })
    },
    { texts, font: cssFont },
  )
}

/** Everything that a subscription says, until it ends. */
function subscribe(page: Page, texts: string[], cssFont: string): Promise<unknown[]> {
  return page.evaluate(
    (question) =>
      new Promise<unknown[]>((resolve) => {
        const { client } = window as unknown as Blocks
        const said: unknown[] = []
        client.measureEach.subscribe(question, {
          onData: (width) => said.push(width),
          onError: ({ message }) => resolve([...said, message]),
          onComplete: () => resolve([...said, 'complete']),
        })
      }),
    { texts, font: cssFont },
  )
}

/** Texts are as wide as they are long, for a page that no other page can be mistaken for. */
async function fakeWidths(worker: Page): Promise<void> {
  await worker.evaluate(() => {
    CanvasRenderingContext2D.prototype.measureText = (text) =>
      ({ width: text.length }) as TextMetrics
  })
}

/** Keeps the worker from ever answering, until it is reloaded. Tells whether it was asked. */
async function hang(worker: Page): Promise<() => Promise<boolean>> {
  await worker.evaluate(() => {
    document.fonts.load = () => {
      Reflect.set(window, 'isAsked', true)
      return new Promise(() => {})
    }
  })
  return () => worker.evaluate(() => 'isAsked' in window)
}

/**
 * Subscribes to what takes the worker a minute. The subscription is `window.subscription`.
 *
 * @returns what tells whether the worker goes on: it looks for 300 ms.
 */
async function startLongSubscription(page: Page, worker: Page): Promise<() => Promise<boolean>> {
  await worker.evaluate(() => {
    Reflect.set(window, 'calls', 0)
    document.fonts.load = () => {
      Reflect.set(window, 'calls', Reflect.get(window, 'calls') + 1)
      return new Promise((resolve) => setTimeout(() => resolve([]), 50))
    }
  })
  await page.evaluate(
    (question) => {
      const { client } = window as unknown as Blocks
      const subscription = client.measureEach.subscribe(question, { onData() {} })
      Reflect.set(window, 'subscription', subscription)
    },
    { texts: Array.from({ length: 1200 }, String), font },
  )
  const countCalls = (): Promise<number> => worker.evaluate(() => Reflect.get(window, 'calls'))
  await expect.poll(countCalls, soon).toBeGreaterThan(2)
  return async () => {
    const before = await countCalls()
    await worker.waitForTimeout(300)
    return (await countCalls()) > before
  }
}
