import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CHOICES_FILE, parseChoices } from '../choices-file/choices-file.ts'
import type { Topology } from '../catalogue/topologies.ts'
import { checkApp, chooseTopologies } from '../command-line/app-choices.ts'
import { reasonOf } from '../disk/disk-reason.ts'
import { FailedError } from '../errors.ts'
import type { AppChoices } from '../render/plan.ts'

/** A project on the disk, as it says itself what it is of. */
export interface KnownProject {
  folder: string
  name: string
  version: string
  app: AppChoices
  usesYarn: boolean
}

/**
 * Reads what the project in `folder` is of.
 * Throws a FailedError that says how to go on when it does not say, or not rightly.
 */
export function readProject(folder: string, catalogue: Topology[]): KnownProject {
  const path = join(folder, CHOICES_FILE)
  const { version, name, topologies, demos, nodes, links, packageManager } = parseChoices(
    readText(path),
    path,
  )
  const app = { topologies: chooseTopologies(topologies, catalogue), demos, own: { nodes, links } }
  const usesYarn = packageManager === 'yarn'
  return { folder, name, version, app: checkApp(app, catalogue), usesYarn }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new FailedError(
      `There is no project of create-electron-ports here: "${path}" could not be read (${reasonOf(error)}). Give its folder by --project. One that is older than that file says by which command it was made: make it again beside, and copy the file from there.`,
    )
  }
}
