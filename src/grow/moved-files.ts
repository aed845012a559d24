import { readFileSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { listProjectFiles } from '../disk/list-files.ts'
import { isSameContent } from '../disk/same-content.ts'
import { isAlike } from '../merge/renames.ts'

/**
 * Finds where in a project files are that its user has moved.
 *
 * @param isTaken  Whether a path is one of the template's: nothing has been moved there.
 * @returns by its old path and its content the paths of those that are the same, and of those that have its name
 *   and are alike.
 */
export function newLocator(
  folder: string,
  isTaken: (path: string) => boolean,
): (path: string, content: Buffer) => string[] {
  let listed: string[] | undefined
  return (path, content) => {
    listed ??= listProjectFiles(folder).filter((each) => !isTaken(each))
    const found = listed
      .filter(
        (each) => extname(each) === extname(path) && isNearInSize(join(folder, each), content),
      )
      .map((each) => ({ path: each, content: readFileSync(join(folder, each)) }))
    const same = found.filter((each) => isSameContent(each.content, content))
    const alike = found.filter(
      (each) => basename(each.path) === basename(path) && isAlike(each.content, content),
    )
    return [...new Set([...same, ...alike].map((each) => each.path))]
  }
}

/** Others are not read. */
function isNearInSize(file: string, { length }: Buffer): boolean {
  const { size } = statSync(file)
  return size <= 2 * length && length <= 2 * size
}
