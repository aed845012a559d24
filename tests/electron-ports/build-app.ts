import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'

const sources = join(import.meta.dirname, 'app')
const target = join(import.meta.dirname, '../../node_modules/.tests/electron-ports')

/** Bundles the app for the oldest Electron that is supported. Returns its folder. */
export async function buildApp(): Promise<string> {
  await rm(target, { recursive: true, force: true })
  const options: BuildOptions = {
    outdir: target,
    bundle: true,
    define: { 'import.meta.env': 'undefined' },
    logLevel: 'warning',
  }
  const inNode = ['main.ts', 'utility.ts', 'preload.ts']
  const inPages = ['page.ts', 'worker.ts']
  await Promise.all([
    build({
      ...options,
      entryPoints: inNode.map((file) => join(sources, file)),
      platform: 'node',
      format: 'cjs',
      external: ['electron'],
      target: 'node16',
    }),
    build({
      ...options,
      entryPoints: inPages.map((file) => join(sources, file)),
      platform: 'browser',
      format: 'iife',
      target: 'chrome108',
    }),
    ...['package.json', 'page.html'].map((file) => cp(join(sources, file), join(target, file))),
  ])
  return target
}
