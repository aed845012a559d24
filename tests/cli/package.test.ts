import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeFolder, readTree } from '../folders.ts'
import { LAUNCHER, runCli } from './run-cli.ts'

const REPOSITORY = join(import.meta.dirname, '../..')

it('holds what is needed to run, and nothing else', () => {
  const unpacked = packAndUnpack()
  const entries = readdirSync(unpacked).filter((name) => name !== 'README.md')
  expect(entries.toSorted()).toEqual(['LICENSE', 'bin', 'dist', 'package.json', 'templates'])
  expect(readdirSync(join(unpacked, 'dist')).toSorted()).toEqual([
    'THIRD-PARTY-LICENSES',
    'index.cjs',
  ])
})

// A live view takes 50 kB of it, each topology 15 to 25, the four frameworks 20 in all.
it('is at most 450 kB', () => {
  const [packed] = JSON.parse(
    execFileSync(
      'npm',
      ['pack', REPOSITORY, '--dry-run', '--ignore-scripts', '--json', '--silent'],
      {
        cwd: makeFolder(),
        shell: process.platform === 'win32',
      },
    ).toString(),
  )
  expect(packed.size).toBeLessThanOrEqual(450_000)
})

it('makes the same project as the repository, with no package installed', () => {
  const launcher = join(packAndUnpack(), 'bin/create-electron-ports.cjs')
  expect(makeProject(launcher)).toEqual(makeProject(LAUNCHER))
})

/** Packs the repository as `npm publish` would, and unpacks that again. */
function packAndUnpack(): string {
  const folder = makeFolder()
  const options = { cwd: folder, shell: process.platform === 'win32' }
  execFileSync('npm', ['pack', REPOSITORY, '--ignore-scripts', '--silent'], options)
  const [tarball = ''] = readdirSync(folder)
  execFileSync('tar', ['-xf', tarball], options)
  return join(folder, 'package')
}

/** Makes a project with every topology. */
function makeProject(launcher: string) {
  const cwd = makeFolder()
  const topologies = readdirSync(join(REPOSITORY, 'templates/topologies')).join(',')
  const { status, stderr } = runCli(['my-app', '--topology', topologies], { cwd, launcher })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return readTree(cwd)
}
