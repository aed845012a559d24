import { basename, resolve } from 'node:path'
import type { Topology } from '../catalogue/topologies.ts'
import { UsageError } from '../errors.ts'
import { type PackageManager, detectPackageManager } from '../programs/package-manager.ts'
import { hintAtNpm } from './kept-by-npm.ts'
import { describeUnknown } from './nearest.ts'
import { checkProjectName } from './project-name.ts'

/** Where the project goes: the directory as the user wrote it, its full path, and its last part. */
export interface Destination {
  directory: string
  path: string
  name: string
}

/** Everything a run needs to know from its user. */
export interface Choices {
  destination: Destination
  topologies: ReadonlySet<string>
  packageManager: PackageManager
  install: boolean
  git: boolean
}

/** What the flags said. */
export interface Flags {
  directory?: string | undefined
  topology?: string[] | undefined
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
export function readFlags(flags: Flags, catalogue: Topology[]): Partial<Choices> {
  const { directory, topology, pm, install, git } = flags.yes ? withDefaults(flags) : flags
  return {
    ...(directory !== undefined && { destination: chooseDestination(directory) }),
    ...(topology && { topologies: chooseTopologies(topology, catalogue) }),
    ...(pm && { packageManager: pm }),
    ...(install !== undefined && { install }),
    ...(git !== undefined && { git }),
  }
}

function withDefaults(flags: Flags): Flags {
  const { topology, ...defaults } = DEFAULTS
  const given = Object.entries(flags).filter(([, value]) => value !== undefined)
  return { ...defaults, topology: [topology], ...Object.fromEntries(given) }
}

/**
 * Returns `choices` when they are complete; throws a UsageError that names what is missing. Nothing is
 * installed and no repository made unless that was asked for.
 */
export function requireChoices(choices: Partial<Choices>, catalogue: Topology[]): Choices {
  const { destination, topologies } = choices
  if (!destination) {
    throw new UsageError(
      `The argument [directory] is missing, and this run cannot ask for it. Give one, such as "my-app", or --yes for the defaults.${hintAtNpm('--yes')}`,
    )
  }
  if (!topologies) {
    throw new UsageError(
      `The flag --topology is missing, and this run cannot ask for it. Give one or more of: ${listNames(catalogue)}.${hintAtNpm('--yes')}`,
    )
  }
  return {
    packageManager: detectPackageManager(),
    install: false,
    git: false,
    ...choices,
    destination,
    topologies,
  }
}

/**
 * Names the project after the last part of the path; `@scope/app` is a folder in a folder, as an
 * app is not published. Throws a UsageError when npm or a file system would refuse that name.
 */
export function chooseDestination(directory: string): Destination {
  if (directory.trim() === '') {
    throw new UsageError('The directory is empty. Give one, such as "my-app".')
  }
  const path = resolve(directory)
  if (/[\p{Cc}\uFFFD]/u.test(path)) {
    throw new UsageError(
      `Directory ${JSON.stringify(path)} holds a character that cannot be written. Choose another.`,
    )
  }
  const name = basename(path)
  checkProjectName(name, directory)
  return { directory, path, name }
}

/** Reads `['a,b', 'c']` as three names. Throws a UsageError on an empty, unknown or repeated one. */
export function chooseTopologies(values: string[], catalogue: Topology[]): Set<string> {
  const chosen = new Set<string>()
  for (const name of values.flatMap((value) => value.split(','))) {
    addTopology(chosen, name.trim(), catalogue)
  }
  return chosen
}

function addTopology(chosen: Set<string>, name: string, catalogue: Topology[]): void {
  if (name === '') {
    throw new UsageError(`The flag --topology holds an empty name. Known: ${listNames(catalogue)}.`)
  }
  const known = catalogue.map((topology) => topology.name)
  if (!known.includes(name)) throw new UsageError(describeUnknown('Topology', name, known))
  if (chosen.has(name)) {
    throw new UsageError(`Topology "${name}" is given twice. Name it once.`)
  }
  chosen.add(name)
}

function listNames(catalogue: Topology[]): string {
  return catalogue.map((topology) => topology.name).join(', ')
}
