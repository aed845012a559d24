import { type BigIntStats, type Dirent, constants } from 'node:fs'
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { type Entry, type Listing, MAX_ENTRIES } from '../../contracts/files'
import { explain } from './explain'

/** Neither waits for somebody who writes to a pipe, nor follows a link. Windows has no such flags. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)

/** A folder that a page may look into. Whatever path the page says, nothing outside of it is read. */
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
   * The real path of what a page names by its path in this folder, as it is at this moment: a link may take
   * its place at any time.
   *
   * @throws the same whether it does not exist, or lies outside by `..` or by a symbolic link: a page could
   *   else test for every file on the disk.
   */
  async resolve(path: unknown): Promise<string> {
    if (typeof path !== 'string') throw new TypeError('The path is not a string.')
    const named = join(this.path, path)
    const real = this.#has(named) ? await realpath(named).catch(() => '') : ''
    if (this.#has(real)) return real
    const message = `"${path}" is not (any more) in the folder that was chosen.`
    throw Object.assign(new Error(message), { code: 'ENOENT' })
  }

  /**
   * Opens a file, for its reader to close.
   *
   * @throws also when another thing, such as a link to the outside, took its place just now.
   */
  async openFile(path: unknown): Promise<FileHandle> {
    const before = await this.#look(path)
    // To open a device may do something already.
    if (!before.isFile()) throw new Error(`"${path}" is no file.`)
    const file = await open(await this.resolve(path), READ_FLAGS)
    try {
      if (isSame(await file.stat({ bigint: true }), await this.#look(path))) return file
      throw replaced(path)
    } catch (error) {
      await file.close()
      throw error
    }
  }

  /** What is in a folder of this folder: folders first, then by name. */
  async list(path: unknown): Promise<Listing> {
    const before = await this.#look(path)
    const found = await readdir(await this.resolve(path), { withFileTypes: true }).catch(
      (error: unknown) => {
        throw explain(error, String(path) || this.path)
      },
    )
    if (!isSame(before, await this.#look(path))) throw replaced(path)
    const entries = found.map((each) => ({ name: each.name, kind: kindOf(each) }))
    entries.sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name))
    return { entries: entries.slice(0, MAX_ENTRIES), count: entries.length }
  }

  async #look(path: unknown): Promise<BigIntStats> {
    const real = await this.resolve(path)
    return stat(real, { bigint: true }).catch((error: unknown) => {
      throw explain(error, String(path))
    })
  }

  #has(path: string): boolean {
    return path === this.path || path.startsWith(withSeparator(this.path))
  }
}

/** Whether it is one file or folder, whatever path leads to it. */
function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino
}

function replaced(path: unknown): Error {
  return new Error(`"${path}" has just been replaced by something else: try again.`)
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
