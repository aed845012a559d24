import { deepEqual } from 'node:assert/strict'
import { copyFile, cp, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, inject } from 'vitest'
import { runCommand } from '../electron/run-command.ts'
import { makeOpenFolder, removeFolder } from './installation.ts'
import type { Installation } from './installation.ts'
import { linkTree } from './link-tree.ts'

/** For a machine that is busy: those who call have less patience. */
const timeout = 10 * 60_000

/**
 * Runs the packed command in an empty folder, gives the project the dependencies that npm installed for
 * this run, and builds it.
 *
 * @param env  Which Electron the project shall use.
 * @returns the path of the project, in a folder of its own.
 */
export function makeProject(
  topologies: string[],
  env: Record<string, string>,
  installation?: Installation,
): Promise<string> {
  return makeProjectBy(['--topology', topologies.join(',')], env, installation)
}

/** The same, by any flags. */
export async function makeProjectBy(
  flags: string[],
  env: Record<string, string>,
  { command, installed }: Installation = inject('installation'),
): Promise<string> {
  const folder = await makeOpenFolder()
  const args = [command, 'my-app', ...flags]
  await runCommand(process.execPath, args, { cwd: folder, env: process.env, timeout })

  const project = join(folder, 'my-app')
  deepEqual(await dependenciesOf(project), await dependenciesOf(installed))
  await copyFile(join(installed, 'package-lock.json'), join(project, 'package-lock.json'))
  await linkDependencies(installed, project)
  await runScript(project, env, 'build')
  return project
}

/** Makes a copy of a project, with the same dependencies. */
export async function copyProject(project: string, copy: string): Promise<void> {
  const installed = join(project, 'node_modules')
  const isOwn = (path: string): boolean => path !== installed
  await cp(project, copy, { recursive: true, verbatimSymlinks: true, filter: isOwn })
  await linkDependencies(project, copy)
}

/** Removes what {@link makeProject} made, and what is beside it. */
export async function removeProject(project: string): Promise<void> {
  await removeFolder(dirname(project))
}

/**
 * Runs a script of the project's package.json and returns what it printed. Throws when it fails.
 *
 * @param args  For the last command of the script.
 */
export function runScript(
  project: string,
  env: Record<string, string>,
  script: string,
  ...args: string[]
): Promise<string> {
  return runCommand('npm', ['run', script, '--', ...args], {
    cwd: project,
    env: { ...process.env, ...env },
    timeout,
  })
}

/** Copies a project, removes the demos of the copy as its README says, and checks what is left. */
export async function expectToPassWithoutDemos(
  project: string,
  env: Record<string, string>,
): Promise<void> {
  const copy = join(dirname(project), 'without-demos')
  await copyProject(project, copy)
  await removeDemos(copy)
  for (const script of ['typecheck', 'lint', 'test', 'build']) await runScript(copy, env, script)
}

async function removeDemos(project: string): Promise<void> {
  const { command } = inject('installation')
  const readme = await readFile(join(project, 'README.md'), 'utf8')
  expect(readme).toContain('npx create-electron-ports remove demos')
  // It is in no repository, so what it was before is kept.
  const args = [command, 'remove', 'demos', '--force', '--json']
  const output = await runCommand(process.execPath, args, { cwd: project, timeout })
  const { backup } = JSON.parse(output) as { backup: string }
  await rm(join(project, backup), { recursive: true })
}

/** All but what npm and Vite noted there about that project. */
async function linkDependencies(installed: string, project: string): Promise<void> {
  const [source, target] = [join(installed, 'node_modules'), join(project, 'node_modules')]
  linkTree(source, target)
  for (const notes of ['.package-lock.json', '.vite']) {
    await rm(join(target, notes), { recursive: true, force: true })
  }
}

async function dependenciesOf(project: string): Promise<unknown> {
  const { dependencies, devDependencies, overrides, scripts } = JSON.parse(
    await readFile(join(project, 'package.json'), 'utf8'),
  )
  return { dependencies, devDependencies, overrides, postinstall: scripts.postinstall }
}
