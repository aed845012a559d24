import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, parse } from 'node:path'
import { defineConfig } from 'electron-vite'
import { contentSecurityPolicy } from './src/main/content-security-policy'

const pagesPath = join(__dirname, 'src/renderer')

/** Each folder of src/renderer that has an index.html is the page of one node. */
function findPages(): Record<string, string> {
  const nodes = readdirSync(pagesPath).map((node) => [node, join(pagesPath, node, 'index.html')])
  return Object.fromEntries(nodes.filter(([, page]) => page && existsSync(page)))
}

const utilitiesPath = join(__dirname, 'src/utility')

/** Main, and each file of src/utility, which is the code of one utility process. */
function findProcesses(): Record<string, string> {
  const names = existsSync(utilitiesPath) ? readdirSync(utilitiesPath) : []
  const sources = names.filter((name) => name.endsWith('.ts'))
  const utilities = sources.map((name) => [
    `utility/${parse(name).name}`,
    join(utilitiesPath, name),
  ])
  return { index: join(__dirname, 'src/main/index.ts'), ...Object.fromEntries(utilities) }
}

// electron-vite knows ELECTRON_EXEC_PATH alone; let the electron package's own variable do as well.
if (process.env['ELECTRON_OVERRIDE_DIST_PATH']) {
  process.env['ELECTRON_EXEC_PATH'] ??= createRequire(__filename)('electron') as string
}

export default defineConfig({
  main: { build: { rolldownOptions: { input: findProcesses() } } },
  // All in one file: a sandboxed preload can require nothing but Electron.
  preload: { build: { externalizeDeps: false } },
  renderer: {
    server: { headers: { 'Content-Security-Policy': contentSecurityPolicy({ devServer: true }) } },
    build: { rolldownOptions: { input: findPages() } },
  },
})
