import type { ElectronApplication } from '@playwright/test'
import type { Exported, Wanted } from '../../src/live/exported'

/**
 * What has passed over the links of the app since it was started, a row for each question with its answer, as the live
 * view shows it: the values of fields that look like secrets are not in it.
 *
 * The app must have been built for tests, `electron-vite build --mode test`, as `npm run test:e2e` does.
 *
 * @param wanted  Which rows are given: those that have each of these. All, unless given.
 * @example
 * const [painted] = await messages(app, { link: 'jobs', method: 'paint' })
 * expect(painted).toMatchObject({ state: 'answered', from: { node: 'app' } })
 */
export async function messages(app: ElectronApplication, wanted: Wanted = {}): Promise<Exported[]> {
  return app.evaluate(async (_electron, rows) => {
    const read: unknown = Reflect.get(globalThis, Symbol.for('live-view:messages'))
    if (typeof read === 'function') return read(rows)
    throw new Error('Nothing was recorded: build the app with "electron-vite build --mode test".')
  }, wanted)
}
