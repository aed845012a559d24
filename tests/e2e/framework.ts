import { copyFile, cp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { runCommand } from '../electron/run-command.ts'
import { evaluateOver, expectOver } from './devtools.ts'
import { makeOpenFolder, removeFolder } from './installation.ts'
import { linkTree } from './link-tree.ts'
import { runScript } from './project.ts'
import { startScript } from './start-script.ts'

/** A framework, and of what a project in it is. */
export interface Framework {
  ui: string
  flags: string[]
  /** One of the links that its first window opens. */
  link: string
  /** The files of its adapter and of a card, relative to `src/renderer`. */
  adapter: string
  card: string
}

interface Manifest {
  devDependencies: Record<string, string>
}

/** What was true of all frameworks that need the same TypeScript: they are installed together. */
export function describeFrameworks(frameworks: Framework[]): void {
  let folder = ''
  const projectOf = ({ ui }: Framework): string => join(folder, ui)

  describeInElectron('A project in a framework', ({ env }) => {
    beforeAll(async () => {
      folder = await makeOpenFolder()
      for (const framework of frameworks) await make(framework, folder)
      await installFor(frameworks.map(projectOf))
    }, 300_000)
    afterAll(() => removeFolder(folder))

    test.each(frameworks)(
      '$ui: passes its type check, its linter and its unit tests at once, and is formatted',
      async (framework) => {
        for (const script of ['typecheck', 'lint', 'test']) {
          expect(await runScript(projectOf(framework), env(), script)).not.toMatch(
            /failed|warning:/,
          )
        }
        const check = ['exec', 'prettier', '--', '--check', 'src', 'tests/unit']
        await runCommand('npm', check, { cwd: projectOf(framework), timeout: 60_000 })
      },
      180_000,
    )

    test.each(frameworks)(
      '$ui: is built, and asks each of its links, cancels, and goes on after a restart in mid-stream',
      async (framework) => {
        const project = projectOf(framework)
        await runScript(project, env(), 'build')
        const drive = ['exec', 'playwright', '--', 'test', 'tests/e2e/links']
        const options = { cwd: project, env: { ...process.env, ...env() }, timeout: 240_000 }
        expect(await runCommand('npm', drive, options)).not.toMatch(/failed|flaky/)
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

async function make({ ui, flags }: Framework, folder: string): Promise<void> {
  const { command } = inject('installation')
  const args = [command, ui, '--ui', ui, ...flags]
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

async function expectToBeReplacedHot(
  { link, adapter, card }: Framework,
  project: string,
  env: Record<string, string>,
): Promise<void> {
  await copyPages(project)
  const { debuggingPort } = await startScript(project, 'dev', env)
  const textOf = (selector: string): string =>
    `document.querySelector('#${link} ${selector}')?.textContent.replaceAll(/\\s+/g, ' ').trim()`
  await expectOver(debuggingPort, 'app', textOf('.link'), `${link} · connected · port 1`)
  await expectOver(debuggingPort, 'app', textOf('.primary'), 'Greet')

  await edit(project, card, 'Greet', 'Hail')
  await expectOver(debuggingPort, 'app', textOf('.primary'), 'Hail')
  expect(await evaluateOver(debuggingPort, 'app', textOf('.link'))).toContain('port 1')

  await edit(project, adapter, 'export', `document.title = 'replaced'\nexport`)
  await expectOver(debuggingPort, 'app', 'document.title', 'replaced')
  await expectOver(debuggingPort, 'app', textOf('.link'), `${link} · connected · port 1`)

  await edit(project, 'app/links.ts', 'new Link(', '/* again */ new Link(')
  await expectOver(debuggingPort, 'app', textOf('.link'), `${link} · connected · port 2`)
  await evaluateOver(debuggingPort, 'app', `document.querySelector('#${link} .primary').click()`)
  await expectOver(debuggingPort, 'app', `${textOf('output')}.startsWith('Hello')`, true)
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
  const file = join(project, 'src/renderer', path)
  const text = await readFile(file, 'utf8')
  expect(text).toContain(from)
  await writeFile(join(project, 'edited'), text.replace(from, to))
  await rename(join(project, 'edited'), file)
}
