import { copyFile, cp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { runCommand } from '../electron/run-command.ts'
import { crashAllBut, eachCard, reload } from './cards.ts'
import { crash } from './crash.ts'
import { evaluateOver, expectOver, readLogOver } from './devtools.ts'
import { flagsOf } from './graphs.ts'
import { makeOpenFolder, removeFolder } from './installation.ts'
import { linkTree } from './link-tree.ts'
import { runScript } from './project.ts'
import { writeExamples } from './readme-examples.ts'
import { startScript } from './start-script.ts'

/** A framework, and of what a project in it is. */
export interface Framework {
  ui: string
  /** What the name of a component's file ends in, and that of its adapter, in `src/renderer`. */
  ending: 'svelte' | 'tsx' | 'vue'
  adapter: string
  /** The link whose own end to end test is run: of each kind of other end one, in some framework. */
  link: string
}

/** All topologies in which a page has links of another shape, and a graph of one's own, in one project. */
const FLAGS = [
  '--topology',
  'hub,utility-process,worker-window',
  ...flagsOf({
    nodes: ['side:window', 'crew:utility-process:many'],
    links: ['notes:app:side', 'view:app:document', 'edit:side:crew'],
  }),
]

/** What its pages are answered on each of their links, the first window first; of what is many there are two. */
const ANSWERS_OF_APP = [
  'hashes: Hello app, this is indexer.',
  'hub-desk: Hello app, this is main.',
  'jobs: Hello app, this is worker.',
  'notes: Hello app, this is side.',
  'overview: Hello app, this is hub.',
  'processes: Hello app, this is main.',
  'view-1: Hello app, this is document.',
  'view-2: Hello app, this is document.',
]
const ANSWERS = [
  ...Array(2).fill('docs: Hello document, this is hub.'),
  'edit-1: Hello side, this is crew.',
  'edit-2: Hello side, this is crew.',
  ...ANSWERS_OF_APP,
]

interface Manifest {
  devDependencies: Record<string, string>
}

/** What was true of all frameworks that need the same TypeScript: they are installed together. */
export function describeFrameworks(frameworks: Framework[]): void {
  let folder = ''
  const projectOf = ({ ui }: Framework): string => join(folder, ui)

  describeInElectron('A project in a framework', ({ env, launch }) => {
    beforeAll(async () => {
      folder = await makeOpenFolder()
      for (const framework of frameworks) await make(framework, folder)
      await installFor(frameworks.map(projectOf))
    }, 300_000)
    afterAll(() => removeFolder(folder))

    test.each(frameworks)(
      '$ui: passes its type check, its linter and its unit tests at once, with the examples of its README, and is formatted',
      async (framework) => {
        const project = projectOf(framework)
        const check = ['exec', 'prettier', '--', '--check', 'src', 'tests/unit']
        await runCommand('npm', check, { cwd: project, timeout: 180_000 })
        await writeExamples(project, framework.ui, framework.ending)
        for (const script of ['typecheck', 'lint', 'test']) {
          expect(await runScript(project, env(), script)).not.toMatch(/failed|warning:/)
        }
      },
      600_000,
    )

    test.each(frameworks)(
      '$ui: is built, and passes its own end to end test of "$link"',
      async (framework) => {
        const project = projectOf(framework)
        await runScript(project, env(), 'build')
        const spec = `tests/e2e/links/${framework.link}.spec.ts`
        const drive = ['exec', 'playwright', '--', 'test', spec]
        const options = { cwd: project, env: { ...process.env, ...env() }, timeout: 120_000 }
        expect(await runCommand('npm', drive, options)).not.toMatch(/failed|flaky/)
      },
      180_000,
    )

    test.each(frameworks)(
      '$ui: asks each of its links, and goes on after crashes and a reload in mid-stream',
      async (framework) => {
        const { app } = await launch(projectOf(framework))
        const patience = { timeout: 90_000, interval: 200 }
        const expectAnswers = async (): Promise<void> => {
          await expect.poll(() => eachCard(app, 'greet'), patience).toEqual(ANSWERS)
        }
        const pauseInMidStream = async (): Promise<void> => {
          const paused = ANSWERS_OF_APP.map((line) => `${linkOf(line)}: paused`)
          expect(await eachCard(app, 'pause', 'app')).toEqual(paused)
        }
        await expectAnswers()

        await pauseInMidStream()
        await crashAllBut(app, 'app')
        const toOthers = ['hashes', 'jobs', 'notes', 'overview']
        const readLinks = async (): Promise<string[]> =>
          (await eachCard(app, 'show', 'app')).filter((line) => toOthers.includes(linkOf(line)))
        const isAnother = (link: string) => expect.stringMatching(`^${link}: connected port [2-9]`)
        await expect.poll(readLinks, patience).toEqual(toOthers.map(isAnother))
        const ends = await eachCard(app, 'resume', 'app')
        const isBroken = (line: string): boolean => line.endsWith('is gone.')
        expect(ends.filter(isBroken).map(linkOf)).toEqual(toOthers)
        expect(ends).toContain('processes: 100 of 100') // for main lives on
        await expect
          .poll(() => eachCard(app, 'count', 'app'), patience)
          .toEqual(ANSWERS_OF_APP.map((line) => `${linkOf(line)}: 100 of 100`))
        await expectAnswers()

        for (const end of [reload, crash]) {
          await pauseInMidStream()
          await end(app, 'app')
          await expectAnswers()
        }
      },
      300_000,
    )

    test.each(frameworks)(
      '$ui: shows its page in development; what is edited there keeps the link, but for the module that makes it',
      async (framework) => expectToBeReplacedHot(framework, projectOf(framework), env()),
      180_000,
    )
  })
}

async function make({ ui }: Framework, folder: string): Promise<void> {
  const { command } = inject('installation')
  const args = [command, ui, '--ui', ui, ...FLAGS]
  await runCommand(process.execPath, args, { cwd: folder, env: process.env, timeout: 60_000 })
}

/** Adds to what every project has, in the first of them, what these have beside; the others get the same. */
async function installFor([first = '', ...others]: string[]): Promise<void> {
  const { installed } = inject('installation')
  linkTree(join(installed, 'node_modules'), join(first, 'node_modules'))
  await copyFile(join(installed, 'package-lock.json'), join(first, 'package-lock.json'))
  const own = await readFile(join(first, 'package.json'), 'utf8')
  const manifests = [first, ...others].map(async (project): Promise<Manifest> => {
    return JSON.parse(await readFile(join(project, 'package.json'), 'utf8'))
  })
  const all = (await Promise.all(manifests)).flatMap((each) => Object.entries(each.devDependencies))
  const manifest = { ...JSON.parse(own), devDependencies: Object.fromEntries(all) }
  await writeFile(join(first, 'package.json'), JSON.stringify(manifest))
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund']
  await runCommand('npm', install, { cwd: first, timeout: 240_000 })
  await writeFile(join(first, 'package.json'), own)
  await rm(join(first, 'node_modules/.vite'), { recursive: true, force: true })
  for (const other of others) linkTree(join(first, 'node_modules'), join(other, 'node_modules'))
}

/** Reads the stream of a card, anew where that was cancelled: the card may be made anew later than its adapter. */
const COUNT = `(() => {
  const progress = document.querySelector('#jobs progress')
  const button = progress.parentElement.firstElementChild
  if (progress.value < 100 && button.textContent.trim() === 'Count') button.click()
  return progress.value
})()`

async function expectToBeReplacedHot(
  { adapter, ending }: Framework,
  project: string,
  env: Record<string, string>,
): Promise<void> {
  await copyPages(project)
  const card = `app/cards/jobs.${ending}`
  const styles = ending === 'tsx' ? 'app/cards/jobs.css' : card
  await addStyle(project, card, styles)
  const { debuggingPort } = await startScript(project, 'dev', env)
  const textOf = (selector: string): string =>
    `document.querySelector('#jobs ${selector}')?.textContent.replaceAll(/\\s+/g, ' ').trim()`
  const border = `getComputedStyle(document.querySelector('#jobs .primary')).borderTopWidth`
  const expectPort = (port: number): Promise<void> =>
    expectOver(debuggingPort, 'app', textOf('.link'), `jobs · connected · port ${port}`)
  await expectPort(1)
  await expectOver(debuggingPort, 'app', textOf('.primary'), 'Greet')
  await expectOver(debuggingPort, 'app', border, '7px')

  await edit(project, card, 'Greet', 'Hail')
  await expectOver(debuggingPort, 'app', textOf('.primary'), 'Hail')
  await edit(project, styles, '7px', '9px')
  await expectOver(debuggingPort, 'app', border, '9px')
  expect(await evaluateOver(debuggingPort, 'app', textOf('.link'))).toContain('port 1')

  await edit(project, adapter, 'export', `document.title = 'replaced'\nexport`)
  await expectOver(debuggingPort, 'app', 'document.title', 'replaced')
  await expectPort(1)
  await expectOver(debuggingPort, 'app', COUNT, 100)

  await edit(project, 'app/links.ts', 'new Link(', '/* again */ new Link(')
  await expectPort(2)
  await evaluateOver(debuggingPort, 'app', `document.querySelector('#jobs .primary').click()`)
  await expectOver(debuggingPort, 'app', `${textOf('output')}.startsWith('Hello')`, true)
  expect(await readLogOver(debuggingPort, 'app')).toEqual([])
}

/** Gives a component a style of its own: in a block of it, or where there is none in a file that it imports. */
async function addStyle(project: string, card: string, styles: string): Promise<void> {
  const rule = '.primary { border-top: 7px solid }\n'
  const [file, text] = await readPage(project, card)
  if (styles === card) return writeFile(file, `${text}\n<style scoped>\n${rule}</style>\n`)
  await writeFile(join(project, 'src/renderer', styles), rule)
  await writeFile(file, `import './jobs.css'\n${text}`)
}

/** They are as they were when the test ends. */
async function copyPages(project: string): Promise<void> {
  const [pages, kept] = [join(project, 'src/renderer'), join(project, 'kept')]
  await cp(pages, kept, { recursive: true })
  onTestFinished(async () => {
    await rm(pages, { recursive: true })
    await rename(kept, pages)
  })
}

/** At once, as an editor does: half a module would have the page loaded again. */
async function edit(project: string, path: string, from: string, to: string): Promise<void> {
  const [file, text] = await readPage(project, path)
  expect(text).toContain(from)
  await writeFile(join(project, 'edited'), text.replace(from, to))
  await rename(join(project, 'edited'), file)
}

async function readPage(project: string, path: string): Promise<[file: string, text: string]> {
  const file = join(project, 'src/renderer', path)
  return [file, await readFile(file, 'utf8')]
}

/** Of a line about a card. */
function linkOf(line: string): string {
  return line.split(': ')[0] ?? ''
}
