import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { describeInElectron } from '../describe-in-electron.ts'
import type { RunningApp } from '../launch.ts'

const fixture = join(import.meta.dirname, '../fixture-app')
const electron = inject('electron')
const isLinux = process.platform === 'linux'

/** electron/electron#45921 */
const endsOnRejection = 'major' in electron && electron.major < 37

describeInElectron('The exit of a utility process', ({ launch }) => {
  test.each([
    ['ended itself', 'process.exit(7)', 7],
    ['ended itself in peace', 'process.exit(0)', 0],
    ['threw', 'throw new Error("as the test wants")', 1],
  ])('gives the code of one that %s', async (_, code, expected) => {
    const { app } = await launch(fixture)
    expect(await exitOf(app, code)).toBe(expected)
  })

  test.runIf(isLinux).each([
    ['aborts', 'process.abort()', 6, 'crashed'],
    ['crashes', 'process.crash()', 11, 'crashed'],
    ['is killed', 'process.kill(process.pid, "SIGKILL")', 9, 'killed'],
    ['is told to end', 'process.kill(process.pid, "SIGTERM")', 15, 'killed'],
  ])(
    'gives the signal of one that %s, and child-process-gone why',
    async (_, code, signal, why) => {
      const { app } = await launch(fixture)
      const seen = await app.evaluate(async ({ app: electronApp }, code) => {
        const gone = new Promise((resolve) => {
          electronApp.on('child-process-gone', (_event, { name, reason }) => {
            if (name === 'test') resolve(reason)
          })
        })
        const child = globalThis.fixture.runInChild(code)
        const exit = new Promise((resolve) => child.once('exit', resolve))
        return [await exit, await gone]
      }, code)
      expect(seen).toEqual([signal, why])
    },
  )

  test('comes with a forgotten rejection before Electron 37, and not with it since', async () => {
    const { app } = await launch(fixture)
    const code = 'Promise.reject(new Error("forgotten")); setTimeout(() => process.exit(5), 1000)'
    expect(await exitOf(app, code)).toBe(endsOnRejection ? 1 : 5)
  })

  test('is 0 after a kill of ours', async () => {
    const { app } = await launch(fixture)
    const code = await app.evaluate(async () => {
      const child = globalThis.fixture.runInChild('setInterval(() => {}, 1000)')
      child.once('spawn', () => child.kill())
      return new Promise((resolve) => child.once('exit', resolve))
    })
    expect(code).toBe(0)
  })

  test('comes after "spawn" even where there is no such module', async () => {
    const { app } = await launch(fixture)
    const events = await app.evaluate(async ({ utilityProcess }) => {
      const child = utilityProcess.fork('/no/such/module.cjs', [], { stdio: 'ignore' })
      const events: unknown[] = []
      child.once('spawn', () => events.push('spawn'))
      return new Promise((resolve) => child.once('exit', (code) => resolve([...events, code])))
    })
    expect(events).toEqual(['spawn', 1])
  })
})

function exitOf(app: RunningApp['app'], code: string): Promise<number> {
  return app.evaluate((_, code) => {
    const child = globalThis.fixture.runInChild(code)
    return new Promise((resolve) => child.once('exit', resolve))
  }, code)
}
