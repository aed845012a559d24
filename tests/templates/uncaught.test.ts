import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../templates/kinds/utility-process/src/main')

/** Runs code after `exitWhenUncaught()`, in a Node that treats a rejection as Electron does. */
async function run(code: string) {
  const contents = `import { exitWhenUncaught } from './uncaught'\nexitWhenUncaught()\n${code}`
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    bundle: true,
    platform: 'node',
    write: false,
  })
  const flags = ['--unhandled-rejections=warn-with-error-code', '--eval', outputFiles[0]!.text]
  const { status, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8' })
  return { status, stderr }
}

test.each([
  ['an error that is thrown', `setTimeout(() => { throw new Error('forgotten') })`],
  ['a promise that rejects', `setTimeout(() => Promise.reject(new Error('forgotten')))`],
])('ends a utility process with the code 70 for %s and nobody catches', async (_, code) => {
  const { status, stderr } = await run(`${code}\nsetTimeout(() => process.exit(0), 200)`)
  expect(status).toBe(70)
  expect(stderr).toContain('Error: forgotten')
})
