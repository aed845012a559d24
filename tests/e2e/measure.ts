import type { ElectronApplication, Page } from 'playwright-core'
import type { PNG } from 'pngjs'
import { expect } from 'vitest'

/** Counts what main and pages say to each other by ipc from now on. Gives how to read the count. */
export async function countIpcMessages(app: ElectronApplication): Promise<() => Promise<number>> {
  await app.evaluate(({ webContents }) => {
    let count = 0
    for (const contents of webContents.getAllWebContents()) {
      for (const event of ['ipc-message', 'ipc-message-sync']) {
        contents.on(event as 'ipc-message', () => (count += 1))
      }
      for (const name of ['send', 'postMessage'] as const) {
        const original = contents[name] as (...args: unknown[]) => void
        Object.assign(contents, {
          [name](...args: unknown[]) {
            count += 1
            return original.apply(contents, args)
          },
        })
      }
    }
    Reflect.set(globalThis, 'ipcMessages', () => count)
  })
  return () => app.evaluate(() => Reflect.get(globalThis, 'ipcMessages')())
}

/** Counts the bytes of the buffers that cross this page's ports from now on. */
export async function countPortBytes(
  page: Page,
): Promise<() => Promise<{ sent: number; received: number }>> {
  await page.evaluate(() => {
    const bytes = { sent: 0, received: 0 }
    const sizeOf = (value: unknown): number => {
      if (value instanceof ArrayBuffer) return value.byteLength
      if (typeof value !== 'object' || value === null) return 0
      return Object.values(value).reduce((sum: number, part) => sum + sizeOf(part), 0)
    }
    const post = MessagePort.prototype.postMessage as (...args: unknown[]) => void
    MessagePort.prototype.postMessage = function count(...args: unknown[]) {
      bytes.sent += sizeOf(args[0])
      return post.apply(this, args)
    }
    const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')
    Object.defineProperty(MessageEvent.prototype, 'data', {
      get(this: MessageEvent) {
        const value: unknown = data?.get?.call(this)
        if (this.target instanceof MessagePort) bytes.received += sizeOf(value)
        return value
      },
    })
    Reflect.set(window, 'portBytes', bytes)
  })
  return () => page.evaluate(() => Reflect.get(window, 'portBytes'))
}

/** Notes when an attribute of `selector` changes from now on. Gives how to read the times, as of `Date.now()`. */
export async function noteChanges(page: Page, selector: string): Promise<() => Promise<number[]>> {
  await page.evaluate((wanted) => {
    const times: number[] = []
    const element = document.querySelector(wanted) as Element
    new MutationObserver(() => times.push(Date.now())).observe(element, { attributes: true })
    Reflect.set(window, 'changes', times)
  }, selector)
  return () => page.evaluate(() => Reflect.get(window, 'changes'))
}

/** Keeps main busy. Gives when that began and ended, as of `Date.now()`. */
export async function blockMain(
  app: ElectronApplication,
  milliseconds: number,
): Promise<{ began: number; ended: number }> {
  return app.evaluate((_electron, duration) => {
    const began = Date.now()
    while (Date.now() - began < duration);
    return { began, ended: Date.now() }
  }, milliseconds)
}

/** Sums up for how long tasks of 50 ms and more keep this page from its user, from now on. */
export async function sumLongTasks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    let sum = 0
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) sum += duration
    })
    observer.observe({ entryTypes: ['longtask'] })
    Reflect.set(window, 'longTasks', () => sum)
  })
  return async () => {
    await page.waitForTimeout(500) // they are reported late
    return page.evaluate(() => Reflect.get(window, 'longTasks')())
  }
}

/** Watches a page's timeouts, of which a job sets one at each breath. Gives whether 300 ms pass without. */
export async function watchTimeouts(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => {
    const original = window.setTimeout
    let count = 0
    const counted = (...args: Parameters<typeof setTimeout>): number => {
      count += 1
      return original(...args)
    }
    Object.assign(window, {
      setTimeout: counted,
      async isIdle() {
        const before = count
        await new Promise((resolve) => original(resolve, 300))
        return count === before
      },
    })
  })
  return () => page.evaluate(() => Reflect.get(window, 'isIdle')())
}

/** How often a timer of 100 ms fires in three seconds. */
export async function countTicks(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let ticks = 0
        const began = performance.now()
        const timer = setInterval(() => {
          if (performance.now() - began < 3050) return (ticks += 1)
          clearInterval(timer)
          return resolve(ticks)
        }, 100)
      }),
  )
}

/** The mean of each colour of a picture. */
export function averageOf({ data }: PNG): number[] {
  const sums = [0, 0, 0]
  data.forEach((value, at) => {
    if (at % 4 < 3) sums[at % 4]! += value
  })
  return sums.map((sum) => sum / (data.length / 4))
}

/**
 * How many listeners there are: in main for ipc and for each window, and in a page after its garbage was
 * collected.
 */
export async function countListeners(
  app: ElectronApplication,
  page: Page,
): Promise<{ main: number[]; page: number }> {
  const main = await countListenersOfMain(app)
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  await session.detach()
  const listeners = metrics.find(({ name }) => name === 'JSEventListeners')
  return { main, page: listeners?.value ?? Number.NaN }
}

/**
 * Waits until there are no more listeners than before, in main and in a page, which can take more than one
 * collection of garbage.
 *
 * @param uncollected  How many of the page may be left. A port has three.
 */
export async function expectListenersAsBefore(
  app: ElectronApplication,
  page: Page,
  before: { main: number[]; page: number },
  uncollected = 0,
): Promise<void> {
  const read = async (): Promise<{ main: number[]; more: boolean }> => {
    const now = await countListeners(app, page)
    return { main: now.main, more: now.page > before.page + uncollected }
  }
  await expect.poll(read, { timeout: 20_000 }).toEqual({ main: before.main, more: false })
}

/** How many listeners there are for ipc, and for each window. */
export function countListenersOfMain(app: ElectronApplication): Promise<number[]> {
  return app.evaluate(({ ipcMain, webContents }) =>
    [ipcMain, ...webContents.getAllWebContents()].map((emitter) =>
      emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0),
    ),
  )
}

/** Keeps what the app prints to stderr from now on. Gives how to read it. */
export function readStderr(app: ElectronApplication): () => string {
  let output = ''
  app.process().stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return () => output
}
