import type { ElectronApplication } from 'playwright-core'
import { replaceInBuild } from './replace-in-build.ts'

/** What main makes: a window, one that can be seen now, or a utility process. */
type Step = 'window' | 'shown' | 'process'

/** Has main note in which order it starts everything, until the test is over. */
export async function noteStartOrder(project: string): Promise<void> {
  await replaceInBuild(
    project,
    'main/index.cjs',
    (text) => `
      {
      const { app, utilityProcess } = require('electron')
      const order = (globalThis.startOrder = [])
      app.on('browser-window-created', (_event, window) => {
        order.push('window')
        window.once('show', () => order.push('shown'))
      })
      const { fork } = utilityProcess
      utilityProcess.fork = (...args) => {
        order.push('process')
        return fork(...args)
      }
      }
      ${text}`,
  )
}

export function readStartOrder(app: ElectronApplication): Promise<Step[]> {
  return app.evaluate(() => Reflect.get(globalThis, 'startOrder'))
}
