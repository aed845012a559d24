import { readdir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Dirent } from 'node:fs'
import { type Entry, type Listing, MAX_ENTRIES } from '../../contracts/files'
import { explain } from './explain'

/** A folder that a page may look into. Whatever path the page says, nothing outside of it is touched. */
export class OpenFolder {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  /** @throws when there is no such folder. */
  static async open(path: string): Promise<OpenFolder> {
    try {
      return new OpenFolder(await realpath(path))
    } catch (error) {
      throw explain(error, path)
    }
  }

  /**
   * The real path of what a page names by its path in this folder.
   *
   * @throws when it does not exist, or lies outside: by `..`, by an absolute path or by a symbolic link.
   */
  async resolve(path: unknown): Promise<string> {
    if (typeof path !== 'string') throw new TypeError('The path is not a string.')
    const real = await realpath(join(this.path, path)).catch((error: unknown) => {
      throw explain(error, path)
    })
    if (real === this.path || real.startsWith(withSeparator(this.path))) return real
    throw new Error(`"${path}" lies outside of the folder that was chosen.`)
  }

  /** What is in a folder of this folder: folders first, then by name. */
  async list(path: unknown): Promise<Listing> {
    const real = await this.resolve(path)
    const found = await readdir(real, { withFileTypes: true }).catch((error: unknown) => {
      throw explain(error, String(path) || real)
    })
    const entries = found.map((each) => ({ name: each.name, kind: kindOf(each) }))
    entries.sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name))
    return { entries: entries.slice(0, MAX_ENTRIES), count: entries.length }
  }
}

/** The root of a disk ends in its separator already. */
function withSeparator(path: string): string {
  return path.endsWith(sep) ? path : path + sep
}

function kindOf(found: Dirent): Entry['kind'] {
  if (found.isDirectory()) return 'folder'
  return found.isFile() ? 'file' : 'other'
}

function order({ kind }: Entry): number {
  return kind === 'folder' ? 0 : 1
}
