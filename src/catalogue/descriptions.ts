import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from '../disk/list-files.ts'

/** A folder of the templates that says itself what it is. */
export interface Description {
  /** That of its folder. */
  name: string
  /** What its project's README says of it, below its title. */
  readme: string
  /** Its files, relative to its folder. The base names some of them where they exist. */
  files: string[]
}

/** The files at the root of such a folder that describe it, and are no part of the project. */
export const DESCRIPTION_FILES: ReadonlySet<string> = new Set([
  'topology.json',
  'feature.json',
  'ui.json',
  'readme.md',
])

/**
 * Checks what a file holds that describes a folder of these files. Throws an Error that names the file by its
 * path, and the first wrong value.
 */
export type Check<Content> = (content: unknown, files: string[], path: string) => Content

/** Reads the folders below `root`, sorted by name, each with what its `file` says. */
export function readDescriptions<Content>(
  root: string,
  file: string,
  check: Check<Content>,
): (Description & Content)[] {
  if (!existsSync(root)) return []
  return readdirSync(root)
    .toSorted()
    .map((name) => {
      const folder = join(root, name)
      const files = listFiles(folder)
      const path = join(folder, file)
      const content = check(JSON.parse(readFileSync(path, 'utf8')), files, path)
      return { name, ...content, readme: readFileSync(join(folder, 'readme.md'), 'utf8'), files }
    })
}
