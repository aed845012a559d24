import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { runCommand } from '../electron/run-command.ts'

const repository = join(import.meta.dirname, '../..')
const timeout = 5 * 60_000

/**
 * Packs this repository, runs the packed command in an empty folder, and installs and builds what it
 * made, all as a user would.
 *
 * @param env  Which Electron the project shall use.
 * @returns the path of the project, in a folder of its own.
 */
export async function makeProject(
  topologies: string[],
  env: Record<string, string>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'create-electron-ports-e2e-'))
  await chmod(folder, 0o755) // where the sandbox is on, an ordinary user starts the app
  const run = (cwd: string, ...args: string[]): Promise<string> =>
    runCommand('npm', args, { cwd, env: { ...process.env, ...env }, timeout })

  await run(repository, 'pack', '--pack-destination', folder)
  const [tarball = ''] = await readdir(folder)
  const command = `create-electron-ports my-app --topology ${topologies.join(',')}`
  await run(folder, 'exec', '--yes', `--package=${join(folder, tarball)}`, '--call', command)

  const project = join(folder, 'my-app')
  await run(project, 'install')
  await run(project, 'run', 'build')
  return project
}

/** Removes what {@link makeProject} made. */
export async function removeProject(project: string): Promise<void> {
  await rm(dirname(project), { recursive: true, force: true, maxRetries: 3 })
}

/** Runs a script of the project's package.json and returns what it printed. Throws when it fails. */
export function runScript(
  project: string,
  env: Record<string, string>,
  script: string,
): Promise<string> {
  return runCommand('npm', ['run', script], {
    cwd: project,
    env: { ...process.env, ...env },
    timeout,
  })
}

/** Takes the lines out of a file of the project that `pattern` matches; there must be some. */
export async function removeLines(project: string, path: string, pattern: RegExp): Promise<void> {
  const text = await readFile(join(project, path), 'utf8')
  const kept = text.split('\n').filter((line) => !pattern.test(line))
  expect(kept.length).toBeLessThan(text.split('\n').length)
  await writeFile(join(project, path), kept.join('\n'))
}
