import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, resolve } from 'node:path'
import { checkPath } from '../disk/check-path.ts'
import { currentFolder } from '../disk/current-folder.ts'
import { isThere } from '../disk/is-there.ts'
import { FailedError, UsageError } from '../errors.ts'
import { isPrintable } from '../terminal/printable.ts'
import { checkFolderName, checkGivenName, checkProjectName, nameAfter } from './project-name.ts'

/** Where the project goes, the directory as the user wrote it and its full path; and what it is called. */
export interface Destination {
  directory: string
  path: string
  name: string
}

/** What a shell replaces or takes away, and nobody else. */
const FOR_A_SHELL = /^~[^/\\]+|\$\{?\w+\}?|%\w+%|^["'`]|\\ /

/**
 * Names the project after the last part of the path, unless `name` is given; `@scope/app` is a folder in
 * a folder, as an app is not published. A folder that is there may be called as it likes.
 * Throws a UsageError when npm or a file system would refuse the name, when the path is none, or when the
 * tools of a project would not work in it.
 */
export function chooseDestination(given: string, name?: string): Destination {
  if (given.trim() === '') {
    throw new UsageError('The directory is empty. Give one, such as "my-app".')
  }
  const directory = expandHome(given)
  const path = toFullPath(directory)
  if (!isPrintable(directory + path) || path.includes('\uFFFD')) {
    throw new UsageError(
      `Directory ${JSON.stringify(path)} holds a character that cannot be written. Choose another.`,
    )
  }
  refuseShellWords(directory, path)
  const chosen = chooseName(directory, path, name)
  checkPath(path)
  return { directory, path, name: chosen }
}

/** As a shell would. At our own question there is none, nor is there one that does so on Windows. */
function expandHome(directory: string): string {
  return directory.replace(/^~(?=$|[/\\])/, () => homedir())
}

function toFullPath(directory: string): string {
  if (isAbsolute(directory) || currentFolder() !== undefined) return resolve(directory)
  throw new FailedError(
    'The folder you are in is not there any more. Change into one that is, or give the directory as a full path.',
  )
}

/** A folder may be called so, and is meant then. */
function refuseShellWords(directory: string, path: string): void {
  const [found] = FOR_A_SHELL.exec(directory) ?? []
  if (found === undefined || isThere(dirname(path))) return
  throw new UsageError(
    `Directory "${directory}" holds "${found}", which only a shell understands. Write the path as it is.`,
  )
}

function chooseName(directory: string, path: string, given: string | undefined): string {
  const folder = basename(path)
  if (given !== undefined) checkGivenName(given)
  if (isThere(path)) return given ?? nameAfter(folder)
  if (given === undefined) checkProjectName(folder, directory)
  else checkFolderName(folder, directory)
  return given ?? folder
}
