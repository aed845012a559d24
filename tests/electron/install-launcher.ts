import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const launcherFolder = join(import.meta.dirname, 'default-app')

/**
 * Puts the launcher (`default-app/`) at `resources/app` of an Electron folder. Files that are the same
 * already are left alone; others are replaced by a rename, so a running test never reads half a file.
 */
export async function installLauncher(dist: string): Promise<void> {
  const target = join(dist, 'resources', 'app')
  const entries = await readdir(launcherFolder, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter((each) => each.isFile())) {
    const source = join(entry.parentPath, entry.name)
    await copyIfChanged(source, join(target, source.slice(launcherFolder.length)))
  }
}

async function copyIfChanged(source: string, target: string): Promise<void> {
  const content = await readFile(source, 'utf8')
  const installed = await readFile(target, 'utf8').catch(() => undefined)
  if (installed === content) return
  await mkdir(dirname(target), { recursive: true })
  const draft = `${target}.${process.pid}`
  await writeFile(draft, content, { mode: 0o644 })
  await rename(draft, target)
}
