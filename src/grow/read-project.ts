import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CHOICES_FILE, parseChoices } from '../choices-file/choices-file.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { VANILLA } from '../catalogue/uis.ts'
import { chooseApp, readApp } from '../command-line/app-choices.ts'
import type { Flags } from '../command-line/choices.ts'
import { parseArguments } from '../command-line/command.ts'
import { reasonOf } from '../disk/disk-reason.ts'
import { FailedError, UsageError } from '../errors.ts'
import type { AppChoices } from '../render/plan.ts'

/** A project on the disk, as it says itself what it is of. */
export interface KnownProject {
  folder: string
  name: string
  version: string
  app: AppChoices
  usesYarn: boolean
  /** The file that says so; undefined in one that is older than that file. */
  choices?: string
}

/**
 * Reads what the project in `folder` is of, or what the command says that made it: one older than the file of
 * choices has that in its README.
 *
 * Throws a FailedError that says how to go on when it does not say, or not rightly.
 */
export function readProject(
  folder: string,
  catalogue: Catalogue,
  command: string | undefined,
): KnownProject {
  if (command !== undefined) return { folder, ...readCommand(command, catalogue) }
  const path = join(folder, CHOICES_FILE)
  const file = parseChoices(readText(path), path)
  const { name, version, packageManager } = file
  const app = readApp(file, catalogue)
  return { folder, name, version, app, usesYarn: packageManager === 'yarn', choices: path }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new FailedError(
      `There is no project of create-electron-ports here: "${path}" could not be read (${reasonOf(error)}). Give its folder by --project. One that is older than that file has in its README the command that made it: adopt it by update --from-command "<that command>".`,
    )
  }
}

/** Reads `npm create electron-ports@0.1.0 my-app -- --topology main-port`. */
function readCommand(command: string, catalogue: Catalogue): Omit<KnownProject, 'folder'> {
  const [, version, rest = ''] =
    /electron-ports@(\d+\.\d+\.\d+\S*) +(.*)$/.exec(command.trim()) ?? []
  const { flags } = version ? parseCreation(rest, catalogue, version) : {}
  const app = flags && chooseApp(flags, catalogue)
  if (!version || !app || !flags?.directory) {
    throw new UsageError(
      `The command "${command}" of --from-command is none that makes a project. Copy it whole from the README, such as "npm create electron-ports@0.1.0 my-app -- --topology main-port".`,
    )
  }
  return {
    version,
    // It is older than the features and the frameworks, too.
    app: { ...app, features: new Set(), ui: VANILLA },
    name: basename(flags.directory),
    usesYarn: flags.pm === 'yarn',
  }
}

function parseCreation(words: string, catalogue: Catalogue, version: string): { flags?: Flags } {
  const invocation = parseArguments(words.split(/ +/), catalogue, version, {})
  return invocation.command === 'create' ? { flags: invocation.flags } : {}
}
