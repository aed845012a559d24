import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'

const sources = join(import.meta.dirname, 'app')
const target = join(import.meta.dirname, '../../node_modules/.tests/electron-ports')

/** What the app has for its pages. */
export const pageSources = ['page.ts', 'worker.ts'].map((file) => join(sources, file))
export const pageHtml = join(sources, 'page.html')

const options: BuildOptions = {
  bundle: true,
  define: { 'import.meta.env': 'undefined' },
  logLevel: 'warning',
}

/** For scripts of pages, in the oldest Electron that is supported and in any later Chromium. */
export const forPages: BuildOptions = {
  ...options,
  platform: 'browser',
  format: 'iife',
  target: 'chrome108',
}

/** Bundles the app for the oldest Electron that is supported. Returns its folder. */
export async function buildApp(): Promise<string> {
  await rm(target, { recursive: true, force: true })
  const inNode = ['main.ts', 'utility.ts', 'preload.ts']
  await Promise.all([
    build({
      ...options,
      outdir: target,
      entryPoints: inNode.map((file) => join(sources, file)),
      platform: 'node',
      format: 'cjs',
      external: ['electron'],
      target: 'node16',
    }),
    build({ ...forPages, outdir: target, entryPoints: pageSources }),
    cp(pageHtml, join(target, 'page.html')),
    cp(join(sources, 'package.json'), join(target, 'package.json')),
  ])
  return target
}
