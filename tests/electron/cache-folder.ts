import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Where a fetched Electron is kept between runs: outside the repository, so that `git clean` and
 * several checkouts do not fetch it again. CREATE_ELECTRON_PORTS_CACHE names another folder.
 *
 * Root's is one that everybody can read, since tests with the system's sandbox on run the same files
 * as an ordinary user.
 */
export function cacheFolder(): string {
  const { CREATE_ELECTRON_PORTS_CACHE, XDG_CACHE_HOME } = process.env
  if (CREATE_ELECTRON_PORTS_CACHE) return CREATE_ELECTRON_PORTS_CACHE
  if (process.getuid?.() === 0) return '/var/cache/create-electron-ports'
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'create-electron-ports')
}
