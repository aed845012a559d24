import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { version } from '../../package.json'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { reasonOf } from '../disk/disk-reason.ts'
import { listProjectFiles } from '../disk/list-files.ts'
import { FailedError } from '../errors.ts'
import type { Contents } from '../merge/merge-project.ts'
import { explainOtherVersion, runOtherVersion } from '../programs/other-version.ts'
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
  catalogue: Catalogue,
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
  { version: other, name, app, usesYarn, choices }: KnownProject,
  cwd: string,
  { topologies }: Catalogue,
): Promise<void> {
  const flags = choices
    ? ['--from', choices]
    : [
        ...listFlags(app, { topologies, features: [], uis: [] }).split(' '),
        ...(usesYarn ? ['--pm', 'yarn'] : []),
      ]
  const { code, stderr } = await runOtherVersion(other, [`./${name}`, ...flags], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (code === 0) return
  throw new FailedError(
    `The project is of version ${other} and this is ${version}, and npm could not run the other, by which its files are compared: ${explainOtherVersion(stderr)}. Solve this, or make the project again by that version somewhere, and give that folder by --base.`,
  )
}

function readContents(folder: string): Contents {
  try {
    return new Map(listProjectFiles(folder).map((path) => [path, readFileSync(join(folder, path))]))
  } catch (error) {
    throw new FailedError(`The folder "${folder}" of --base could not be read: ${reasonOf(error)}.`)
  }
}
