import type { ElectronApplication } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { type FixedGraph, GRAPHS, flagsOf } from './graphs.ts'
import { makeProjectBy, removeProject } from './project.ts'

/** The links of a graph, with what the skeleton makes of their answers: those that pages show, and those that are logged. */
function listAnswers({ nodes, links }: FixedGraph): { shown: string[]; logged: string[] } {
  const kinds = Object.fromEntries(nodes.map((node) => node.split(':')))
  const isPage = (node: string): boolean => node === 'app' || (kinds[node] ?? '').endsWith('window')
  const answers = links.map((link) => {
    const [name, from = '', to] = link.split(':')
    return { from, answer: `${name}: Hello ${from}, this is ${to}. 1, 2, 3` }
  })
  const pick = (isWanted: boolean): string[] =>
    answers
      .filter(({ from }) => isPage(from) === isWanted)
      .map(({ answer }) => answer)
      .toSorted()
  return { shown: pick(true), logged: pick(false) }
}

/** What all pages show of their links. Those that were there before a crash are left out. */
function readShown(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(async ({ webContents }) => {
    const script = `document.documentElement.dataset.isFormer ? [] :
      [...document.querySelectorAll('.own-links > li')].map((row) =>
        row.id + ': ' + row.querySelector('output').textContent)`
    const pages = webContents.getAllWebContents().filter((page) => !page.isCrashed())
    // A page that crashes meanwhile never answers.
    const late = new Promise<string[]>((resolve) => setTimeout(resolve, 1000, []))
    const rows = pages.map((page) => Promise.race([page.executeJavaScript(script), late]))
    return (await Promise.all(rows)).flat().toSorted() as string[]
  })
}

/** Has the processes of all pages and utility processes die at once. */
function crashAll(app: ElectronApplication, utilities: string[]): Promise<void> {
  return app.evaluate(async ({ app: electron, webContents }, names) => {
    const pages = webContents.getAllWebContents()
    const mark = `document.documentElement.dataset.isFormer = 'yes'`
    await Promise.all(pages.map((page) => page.executeJavaScript(mark)))
    for (const page of pages) page.forcefullyCrashRenderer()
    for (const { name = '', pid } of electron.getAppMetrics()) {
      if (names.includes(name)) process.kill(pid)
    }
  }, utilities)
}

function collectLines(app: ElectronApplication): () => string {
  let text = ''
  app.process().stdout?.on('data', (chunk) => (text += chunk))
  return () => text
}

describeInElectron('The skeleton of a fixed graph', ({ env, launch }) => {
  test.each(GRAPHS)(
    '$name, gets all calls and streams answered, also after all of its processes have crashed',
    async (graph) => {
      const project = await makeProjectBy(flagsOf(graph), env())
      try {
        const { app } = await launch(project)
        const { shown, logged } = listAnswers(graph)
        await expect.poll(() => readShown(app), { timeout: 30_000 }).toEqual(shown)
        const lines = collectLines(app)
        const utilities = graph.nodes.filter((node) => node.endsWith(':utility-process'))
        await crashAll(
          app,
          utilities.map((node) => node.split(':')[0] ?? ''),
        )
        await expect.poll(() => readShown(app), { timeout: 30_000 }).toEqual(shown)
        await expect
          .poll(() => logged.filter((line) => !lines().includes(line)), { timeout: 30_000 })
          .toEqual([])
      } finally {
        await removeProject(project)
      }
    },
    120_000,
  )
})
