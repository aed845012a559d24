/**
 * Gets Electron's binary when it is missing. The electron package has had no install script since 42,
 * and electron-vite looks for the binary but never fetches it.
 *
 * Runs after `npm install`, where a failed download is a warning, and again before whatever starts
 * the app, where it is an error. It honours
 *
 * - ELECTRON_EXEC_PATH and ELECTRON_OVERRIDE_DIST_PATH: a binary, or a folder with one, to use instead
 * - ELECTRON_SKIP_BINARY_DOWNLOAD: do not download after an install
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

const { env } = process
const isInstall = env.npm_lifecycle_event === 'postinstall'

if (env.ELECTRON_EXEC_PATH) checkExists('ELECTRON_EXEC_PATH')
else if (env.ELECTRON_OVERRIDE_DIST_PATH) checkExists('ELECTRON_OVERRIDE_DIST_PATH')
else if (!(isInstall && env.ELECTRON_SKIP_BINARY_DOWNLOAD)) download()

function checkExists(variable) {
  if (!existsSync(env[variable]))
    fail(`${variable} is set to "${env[variable]}", which does not exist.`)
}

function download() {
  const installer = findInstaller()
  if (installer) runInstaller(installer)
  // An install that leaves development dependencies out wants no Electron.
  else if (!isInstall) {
    fail('Electron is not installed. It is a development dependency: install those as well.')
  }
}

/** The electron package's own installer; undefined where that package is not installed. */
function findInstaller() {
  try {
    return createRequire(import.meta.url).resolve('electron/install.js')
  } catch {
    return undefined
  }
}

function runInstaller(installer) {
  // Does nothing when the binary is there.
  const { status } = spawnSync(process.execPath, [installer], { stdio: 'inherit' })
  if (status !== 0) {
    fail('Electron could not be downloaded. Check the network, then run: npx install-electron --no')
  }
}

function fail(message) {
  console.error(message)
  process.exitCode = isInstall ? 0 : 1
}
