import { join } from 'node:path'
import validate from 'validate-npm-package-name'
import { UsageError } from '../errors.ts'

const LONGEST_NAME = 214

// Windows refuses these, whatever their ending, and drops a dot at the end of a name.
const REFUSED_BY_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$|\.$/i

/** Throws a UsageError that suggests a directory when `directory` would give the project a bad name. */
export function checkProjectName(name: string, directory: string): void {
  const problem = findProblem(name)
  if (!problem) return
  const suggestion = join(directory, '..', suggestName(name))
  throw new UsageError(
    `Directory "${directory}" would name the project "${name}", but ${problem}. Try "${suggestion}".`,
  )
}

/** Throws a UsageError that suggests another when the flag --name gives the project a bad name. */
export function checkGivenName(name: string): void {
  const problem = findProblem(name)
  if (!problem) return
  throw new UsageError(
    `The flag --name "${name}" does not do: ${problem}. Try "${suggestName(name)}".`,
  )
}

/** Throws a UsageError when no folder is to be called so. */
export function checkFolderName(name: string, directory: string): void {
  if (!REFUSED_BY_WINDOWS.test(name)) return
  throw new UsageError(
    `Directory "${directory}" does not do: Windows refuses such a name. Choose another.`,
  )
}

/** What a project in a folder of that name is called: the same, if it can be. */
export function nameAfter(folder: string): string {
  return findProblem(folder) ? suggestName(folder) : folder
}

/** The nearest valid name to `name`. */
export function suggestName(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .slice(0, LONGEST_NAME)
    .replaceAll(/^[._-]+|[._-]+$/g, '')
  if (slug === '') return 'my-app'
  return findProblem(slug) ? `my-${slug}` : slug
}

function findProblem(name: string): string | undefined {
  if (REFUSED_BY_WINDOWS.test(name)) return 'Windows refuses such a name'
  if (name.includes('/')) return 'it is the name of a folder as well'
  const { validForNewPackages, errors = [], warnings = [] } = validate(name)
  return validForNewPackages ? undefined : `npm refuses it: ${[...errors, ...warnings][0]}`
}
