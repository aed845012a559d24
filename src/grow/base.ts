import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { version } from '../../package.json'
import type { Topology } from '../catalogue/topologies.ts'
import { listFiles } from '../disk/list-files.ts'
import { FailedError, messageOf } from '../errors.ts'
import type { Contents } from '../merge/merge-project.ts'
import { environmentFor, findProgram } from '../programs/find-program.ts'
import { listFlags } from '../render/plan.ts'
import type { KnownProject } from './read-project.ts'

/**
 * The files of a project as its own version rendered them, before its user changed any: from a folder that is
 * given, by this version where it is the same, or by the other, which the package manager fetches.
 *
 * Throws a FailedError that says what to do when none of them can be had.
 */
export async function renderBase(
  project: KnownProject,
  folder: string | undefined,
  catalogue: Topology[],
  renderNow: () => Contents,
): Promise<Contents> {
  if (folder !== undefined) return readContents(folder)
  if (project.version === version) return renderNow()
  const temporary = mkdtempSync(join(tmpdir(), 'create-electron-ports-base-'))
  try {
    await renderByOther(project, temporary, catalogue)
    return readContents(join(temporary, project.name))
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

async function renderByOther(
  { version: other, name, app, usesYarn }: KnownProject,
  cwd: string,
  catalogue: Topology[],
): Promise<void> {
  const { execFile } = await import('node:child_process')
  const npm = findProgram('npm')
  const flags = [...listFlags(app, catalogue).split(' '), ...(usesYarn ? ['--pm', 'yarn'] : [])]
  const args = ['exec', '--yes', `--package=create-electron-ports@${other}`, '--']
  try {
    if (!npm) throw new Error('npm is not on this machine')
    await promisify(execFile)(npm, [...args, 'create-electron-ports', `./${name}`, ...flags], {
      cwd,
      env: environmentFor({ ...process.env, npm_config_user_agent: undefined }),
      shell: process.platform === 'win32',
    })
  } catch (error) {
    throw new FailedError(
      `The project is of version ${other} and this is ${version}, and npm could not run the other, by which its files are compared: ${lastLineOf(error)}. Solve this, or make the project again by that version somewhere, and give that folder by --base.`,
      'failed',
      { cause: error },
    )
  }
}

function readContents(folder: string): Contents {
  try {
    return new Map(listFiles(folder).map((path) => [path, readFileSync(join(folder, path))]))
  } catch (error) {
    throw new FailedError(
      `The folder "${folder}" of --base could not be read: ${messageOf(error)}.`,
    )
  }
}

function lastLineOf(error: unknown): string {
  const { stderr = '' } = error as { stderr?: string }
  return stderr.trim().split('\n').at(-1) || messageOf(error)
}
