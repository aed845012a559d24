import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const REPOSITORY = join(import.meta.dirname, '../..')

export const NEXT = '99.0.0'

/**
 * Builds a next version of this command in a folder: what a release may do to the templates, each once.
 *
 * @returns its launcher.
 */
export function makeNextVersion(next: string): string {
  for (const path of ['bin', 'scripts', 'src', 'templates', 'package.json', 'rolldown.config.ts']) {
    cpSync(join(REPOSITORY, path), join(next, path), { recursive: true })
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(next, 'node_modules'), 'junction')
  const ofManifest = `"version": "${manifest.version}"`
  replaceIn(next, 'package.json', ofManifest, `"version": "${NEXT}"`)
  changeTemplates(join(next, 'templates/base'))
  const demo = 'topologies/worker-window/src/renderer/app/demos/worker-window'
  appendFileSync(join(next, 'templates', demo, 'coffee.jpg'), 'another')
  execFileSync('npm', ['run', 'build', '--silent'], {
    cwd: next,
    stdio: 'pipe',
    shell: process.platform === 'win32',
  })
  return join(next, 'bin/create-electron-ports.cjs')
}

function changeTemplates(base: string): void {
  // A fix in the kernel and one in main, a line of the topology, a dependency raised.
  appendFileSync(join(base, 'src/ports/timer.ts'), '\n// Mended.\n')
  replaceIn(base, 'src/main/windows.ts', /^import /, '// Mended.\nimport ')
  replaceIn(base, 'src/topology.ts.ejs', 'Data, no code.', 'Data, and no code.')
  replaceIn(base, 'package.json', /"vitest": "[^"]*"/, '"vitest": "^77.0.0"')
  // A file more, a file less, a file renamed.
  writeFileSync(join(base, 'src/main/more.ts'), 'export {}\n')
  rmSync(join(base, '_editorconfig'))
  renameSync(join(base, 'tests/unit/backoff.test.ts'), join(base, 'tests/unit/pauses.test.ts'))
}

/** Replaces what must be there. */
export function replaceIn(folder: string, path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(folder, path), 'utf8')
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  writeFileSync(join(folder, path), changed)
}
