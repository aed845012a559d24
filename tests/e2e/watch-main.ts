import type { ElectronApplication } from 'playwright-core'
import { expect } from 'vitest'

/** Counts in main from now on what is read, which ports are open, and what goes wrong. */
export async function watchMain(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ app: electronApp, MessageChannelMain }) => {
    const counts = { readings: 0, faults: [] as string[], ports: new Set<unknown>() }
    const read = electronApp.getAppMetrics.bind(electronApp)
    electronApp.getAppMetrics = () => {
      counts.readings += 1
      return read()
    }
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (error: unknown) => counts.faults.push(String(error)))
    }
    const { prototype } = new MessageChannelMain().port1.constructor
    const { start, emit } = prototype
    prototype.start = function watched(this: unknown, ...args: unknown[]) {
      counts.ports.add(this)
      return start.apply(this, args)
    }
    prototype.emit = function watched(this: unknown, ...args: unknown[]) {
      if (args[0] === 'close') counts.ports.delete(this)
      return emit.apply(this, args)
    }
    Reflect.set(globalThis, 'counts', counts)
  })
}

export function readings(app: ElectronApplication): Promise<number> {
  return app.evaluate(() => Reflect.get(globalThis, 'counts').readings)
}

export function openPorts(app: ElectronApplication): Promise<number> {
  return app.evaluate(() => Reflect.get(globalThis, 'counts').ports.size)
}

export function faults(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(() => Reflect.get(globalThis, 'counts').faults)
}

/** Waits until the ports are as few as that, and expects that no figures are read in the second that follows. */
export async function expectIdle(app: ElectronApplication, ports = 1): Promise<void> {
  await expect.poll(() => openPorts(app), { timeout: 5000 }).toBeLessThanOrEqual(ports)
  const before = await readings(app)
  await new Promise((resolve) => setTimeout(resolve, 1100))
  expect(await readings(app)).toBe(before)
}
