import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { inDocument } from './in-document.ts'
import { LiveView, recorded } from './live-view.ts'
import { MANY_FLAGS, closeDocuments } from './many-app.ts'
import { buildForTests } from './talking-project.ts'
import { useProjectBy } from './use-project.ts'

const FILES = {
  'src/renderer/app/links.ts': `
import { ports } from '../../ports/handoff/page'
import { Link } from '../../ports/link'

export function startLinks(): void {
  Object.assign(globalThis, { viewOf: (to: string) => new Link(ports as never, 'view', {}, { to } as never) })
}
`,
  'src/renderer/document/links.ts': `
import { ports } from '../../ports/handoff/page'
import { Link, serve } from '../../ports/link'

export function startLinks(): void {
  serve(ports, 'view', { greet: async (name: string) => name })
  serve(ports, 'talk', { greet: async (name: string) => name })
  const talkTo = (to: string) => new Link(ports as never, 'talk', {}, { to } as never)
  Object.assign(globalThis, { docs: new Link(ports, 'docs'), talkTo })
}
`,
}

describeInElectron('Members of a node in the live view', ({ env, launch }) => {
  const project = useProjectBy(MANY_FLAGS, env)
  beforeAll(async () => {
    await closeDocuments(project())
    for (const [file, text] of Object.entries(FILES)) await writeFile(join(project(), file), text)
    await buildForTests(project(), env())
  }, 120_000)

  const openView = async (...keys: string[]): Promise<[ElectronApplication, LiveView]> => {
    const { app } = await launch(project())
    await app.firstWindow()
    for (const key of keys) await openDocument(app, key)
    const view = await LiveView.open(app, `docs from document ${keys[0]} to hub`)
    for (const key of keys) await expectOpen(view, `docs from document ${key} to hub`)
    await view.waitForReports('hub', ...keys.map((key) => `document ${key}`))
    return [app, view]
  }

  test('are nodes of their own, with links that count what each has said', async () => {
    const [app, view] = await openView('1', '2')
    expect(await boxesIn(view)).toEqual(['app', 'document 1', 'document 2', 'hub'])
    await inDocument(app, '1', greet('docs', 5))
    await inDocument(app, '2', greet('docs', 3))
    await inDocument(app, '2', greet("talkTo('1')", 2))
    const page = await app.firstWindow()
    await page.evaluate(greet("viewOf('2')", 4))

    for (const [link, calls] of [
      ['docs from document 1 to hub', 5],
      ['docs from document 2 to hub', 3],
      ['talk from document 1 to document 2', 2],
      ['view from app to document 2', 4],
    ] as const) {
      await expectOpen(view, link)
      await expect
        .poll(async () => (await view.factsOf(link))['messages']?.split(' ')[0])
        .toBe(String(2 * calls))
    }
    const from = { from: 'document', key: '2', link: 'docs' }
    expect((await recorded(app, from)).map(({ args }) => args)).toEqual([[0], [1], [2]])
    expect(await recorded(app, { to: '2' })).toHaveLength(4)

    await view.page.getByLabel('Node', { exact: true }).selectOption('document 2')
    const ways = async (): Promise<unknown[]> =>
      [...new Set((await view.rows()).map(([, way]) => way))].toSorted()
    await expect
      .poll(ways)
      .toEqual([
        'docs · document 2 → hub',
        'talk · document 2 → document 1',
        'view · app → document 2',
      ])
  })

  test('are lost and restarted one by one, with the next generation', async () => {
    const [app, view] = await openView('1', '2')
    const generationOf = async (key: string): Promise<number> =>
      Number((await view.factsOf(`docs from document ${key} to hub`))['generation'])
    const before = [await generationOf('1'), await generationOf('2')] as const
    await view.choose(view.node('document 2'))
    await view.page.getByRole('button', { name: 'Kill' }).click()
    const events = async (): Promise<unknown[]> =>
      (await view.rows()).map(([, node, text]) => `${node} ${text}`)
    await expect.poll(events).toContainEqual('document 2 is lost')
    await expect.poll(events).toContainEqual(expect.stringMatching(/^document 2 runs again, /))
    await expect.poll(() => view.node('document 2').getAttribute('aria-label')).toContain('1× anew')
    await expect.poll(() => generationOf('2')).toBe(Math.max(...before) + 1)
    expect(await generationOf('1')).toBe(before[0])
    expect(await view.node('document 1').getAttribute('aria-label')).not.toContain('anew')
    await expect.poll(() => inDocument(app, '2', greet('docs', 1))).toBe(1)
  })

  test('have faults of their own, and go with their window', async () => {
    const [app, view] = await openView('1', '2')
    const stateOf = (key: string): Promise<string | null> =>
      view.node(`document ${key}`).getAttribute('data-state')
    await view.choose(view.node('document 1'))
    await view.page.getByRole('button', { name: 'Stop' }).click()
    await expect.poll(() => stateOf('1')).toBe('stopped')
    expect(await stateOf('2')).toBe('running')
    await view.page.getByRole('button', { name: 'Go on' }).click()
    await expect.poll(() => stateOf('1')).toBe('running')

    const { generation } = await view.factsOf('docs from document 2 to hub')
    const { generation: other } = await view.factsOf('docs from document 1 to hub')
    await view.page.getByRole('button', { name: 'Drop' }).click()
    const now = async (key: string): Promise<number> =>
      Number((await view.factsOf(`docs from document ${key} to hub`))['generation'])
    await expect.poll(() => now('1')).toBe(Math.max(Number(generation), Number(other)) + 1)
    expect(await now('2')).toBe(Number(generation))

    await app.evaluate(() => Reflect.get(globalThis, 'windows').close('document', '2'))
    await expect.poll(() => boxesIn(view)).toEqual(['app', 'document 1', 'hub'])
    expect(await view.link('docs from document 2 to hub').count()).toBe(0)
  })

  test('have one box together where they are too many', async () => {
    const [app, view] = await openView('1')
    for (let key = 2; key <= 11; key++) await openDocument(app, String(key))
    await expect.poll(() => boxesIn(view), { timeout: 20_000 }).toEqual(['app', 'document', 'hub'])
    await expect
      .poll(() => view.node('document').getAttribute('aria-label'), { timeout: 20_000 })
      .toContain('11 processes')
    await view.choose(view.node('document'))
    expect(await view.page.getByLabel('Which one').locator('option').count()).toBe(11)
    expect((await view.factsOf('docs from document to hub'))['ports open']).toBe('11')
  })
})

/** Has a page ask as often, one after the other. Gives how often it was answered. */
function greet(link: string, times: number): string {
  return `(async () => {
    const link = ${link}
    let nth = 0
    for (; nth < ${times}; nth++) await link.call.greet(nth)
    return nth
  })()`
}

async function expectOpen(view: LiveView, link: string): Promise<void> {
  await expect
    .poll(() => view.link(link).getAttribute('data-open'), { timeout: 10_000 })
    .toBe('true')
}

async function boxesIn(view: LiveView): Promise<string[]> {
  const names = await view.page
    .locator('.node')
    .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('aria-label')?.split(',')[0]))
  return names.map(String).toSorted()
}

function openDocument(app: ElectronApplication, key: string): Promise<void> {
  return app.evaluate(async (_electron, which) => {
    const windows = Reflect.get(globalThis, 'windows')
    windows.open('document', which)
    const { webContents } = windows.get('document', which)
    await new Promise((resolve) => webContents.once('did-finish-load', resolve))
  }, key)
}
