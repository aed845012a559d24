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
  'readme.md',
])

/** Reads the folders below `root`, sorted by name, each with what its file of that `name` says. */
export function readDescriptions<Kind extends Description>(root: string, name: string): Kind[] {
  if (!existsSync(root)) return []
  return readdirSync(root)
    .toSorted()
    .map((folder) => readDescription<Kind>(join(root, folder), folder, name))
}

function readDescription<Kind extends Description>(
  folder: string,
  name: string,
  file: string,
): Kind {
  return {
    name,
    ...JSON.parse(readFileSync(join(folder, file), 'utf8')),
    // Of those that are not chosen nobody asks for these.
    get readme() {
      return readFileSync(join(folder, 'readme.md'), 'utf8')
    },
    get files() {
      return listFiles(folder)
    },
  }
}
