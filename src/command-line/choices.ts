import type { Catalogue } from '../catalogue/catalogue.ts'
import { UsageError } from '../errors.ts'
import { type PackageManager, detectPackageManager } from '../programs/package-manager.ts'
import type { AppChoices } from '../render/plan.ts'
import { chooseApp, listNames, packageManagerOf } from './app-choices.ts'
import { type Destination, chooseDestination } from './destination.ts'
import { hintAtNpm } from './kept-by-npm.ts'

/** Everything a run needs to know from its user. */
export interface Choices {
  destination: Destination
  app: AppChoices
  packageManager: PackageManager
  install: boolean
  git: boolean
}

/** What the flags said. */
export interface Flags {
  directory?: string | undefined
  name?: string | undefined
  topology?: string[] | undefined
  demos?: boolean | undefined
  /** The features that are to be left out. */
  without?: string[] | undefined
  /** The framework of the pages. */
  ui?: string | undefined
  node?: string[] | undefined
  link?: string[] | undefined
  from?: string | undefined
  pm?: PackageManager | undefined
  install?: boolean | undefined
  git?: boolean | undefined
  yes?: boolean | undefined
  force?: boolean | undefined
  dryRun?: boolean | undefined
  json?: boolean | undefined
  debug?: boolean | undefined
}

/** What --yes takes, and what Enter takes at every question. */
export const DEFAULTS = {
  directory: 'my-app',
  topology: 'worker-window',
  install: false,
  git: true,
}

/**
 * Turns flags into choices; what was not given stays undefined, unless --yes settles it.
 * Throws a UsageError that names the first wrong one.
 */
export function readFlags(flags: Flags, catalogue: Catalogue): Partial<Choices> {
  const { directory, name, pm, install, git } = flags.yes ? withDefaults(flags) : flags
  const app = chooseApp(flags, catalogue)
  const packageManager = pm ?? packageManagerOf(flags.from)
  return {
    ...(directory !== undefined && { destination: chooseDestination(directory, name) }),
    ...(app && { app }),
    ...(packageManager && { packageManager }),
    ...(install !== undefined && { install }),
    ...(git !== undefined && { git }),
  }
}

function withDefaults(flags: Flags): Flags {
  const { topology: _, ...defaults } = DEFAULTS // see `chooseApp`
  const given = Object.entries(flags).filter(([, value]) => value !== undefined)
  return { ...defaults, ...Object.fromEntries(given) }
}

/**
 * Returns `choices` when they are complete; throws a UsageError that names what is missing. Nothing is
 * installed and no repository made unless that was asked for.
 */
export function requireChoices(choices: Partial<Choices>, catalogue: Catalogue): Choices {
  const { destination, app } = choices
  if (!destination) {
    throw new UsageError(
      `The argument [directory] is missing, and this run cannot ask for it. Give one, such as "my-app", or --yes for the defaults.${hintAtNpm('--yes')}`,
    )
  }
  if (!app) {
    throw new UsageError(
      `The flag --topology is missing, and this run cannot ask for it. Give one or more of: ${listNames(catalogue)}; or nodes and links of your own, by --node and --link.${hintAtNpm('--yes')}`,
    )
  }
  return {
    packageManager: detectPackageManager(),
    install: false,
    git: false,
    ...choices,
    destination,
    app,
  }
}
