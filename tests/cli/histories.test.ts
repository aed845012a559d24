import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makeFolder } from '../folders.ts'
import { installPrettier } from '../install-prettier.ts'
import {
  HISTORIES,
  type History,
  applyEdits,
  commitAll,
  describeDifference,
  git,
  readHistory,
} from './history.ts'
import { makeNextVersion } from './next-version.ts'
import { LAUNCHER, runCli } from './run-cli.ts'

/** Projects as they are made, each once for all histories. */
const root = mkdtempSync(join(tmpdir(), 'create-electron-ports-test-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const next = makeNextVersion(join(root, 'next'))

const made = new Map<string, string>()

/** A project that nobody has touched, the same for all that ask. */
function makePristine(flags: string[], of = flags.join(' '), launcher = LAUNCHER): string {
  const known = made.get(launcher + of)
  if (known) return known
  const project = join(root, `${made.size}`, 'my-app')
  expect(runCli([project, ...flags], { cwd: root, launcher })).toMatchObject({ status: 0 })
  made.set(launcher + of, project)
  return project
}

/** The repositories of such projects, by their paths. */
const repositories = new Map<string, string>()

/** The same in a repository. */
function copyWithRepository(pristine: string, project: string): void {
  cpSync(pristine, project, { recursive: true })
  const known = repositories.get(pristine)
  if (known) return cpSync(known, join(project, '.git'), { recursive: true })
  git(project, 'init', '--quiet')
  commitAll(project)
  // One file is copied in less time than one for each file of the project.
  git(project, 'gc', '--quiet')
  const repository = join(root, `repository-${repositories.size}`)
  cpSync(join(project, '.git'), repository, { recursive: true })
  repositories.set(pristine, repository)
}

/** The project as its user has it when the first operation comes. */
async function makeProject(name: string, history: History): Promise<string> {
  const project = join(makeFolder(), 'my-app')
  copyWithRepository(makePristine(history.project.split(' ')), project)
  await applyEdits(name, history, project)
  if (history.installed ?? history.formatted) installPrettier(project)
  if (history.git === 'none') rmSync(join(project, '.git'), { recursive: true })
  return project
}

function runOperations(project: string, { operations, project: flags, git }: History): void {
  for (const { run, by, exit = 0, says = '', outcomes = {} } of operations) {
    if (git === undefined) commitAll(project)
    const base = by ? ['--base', makePristine(flags.split(' '))] : []
    const launcher = by ? next : LAUNCHER
    const words = [...run.split(' '), ...base, '--json']
    const { status, stdout, stderr } = runCli(words, { cwd: project, launcher })
    expect({ run, status, outcomes: outcomesOf(stdout) }).toEqual({ run, status: exit, outcomes })
    expect(stdout.replaceAll('\\"', '"') + stderr).toContain(says)
  }
}

/** What became of those files about which there is something to say. */
function outcomesOf(stdout: string): Record<string, string> {
  const { files = [] } = JSON.parse(stdout) as { files?: { path: string; outcome: string }[] }
  const told = files.filter(({ outcome }) => !['new', 'replaced', 'removed'].includes(outcome))
  return Object.fromEntries(told.map(({ path, outcome }) => [path, outcome]))
}

/** The project that the choices of `grown` make at once. */
function makeAtOnce(grown: string, { operations }: History): string {
  const launcher = operations.some(({ by }) => by === 'next') ? next : LAUNCHER
  const choices = join(grown, 'electron-ports.json')
  return makePristine(['--from', choices], readFileSync(choices, 'utf8'), launcher)
}

describe('a project with its user’s edits', () => {
  it.each(
    readdirSync(HISTORIES).map((name): [string, string, History] => {
      const history = readHistory(name)
      return [history.title, name, history]
    }),
  )(
    '%s (%s)',
    async (_title, name, history) => {
      const project = await makeProject(name, history)
      runOperations(project, history)
      const made = makeAtOnce(project, history)
      const difference = await describeDifference(made, project, history)
      await expect(difference).toMatchFileSnapshot(join(HISTORIES, name, 'expected.patch'))
    },
    60_000,
  )
})
