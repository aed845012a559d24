import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { defineConfig } from 'electron-vite'
import { hotLinks } from './scripts/hot-links'
import { samePolicy } from './scripts/same-policy'
import { sourceMapped, sourceMaps } from './scripts/source-mapped'
import { utilityProcesses } from './scripts/utility-processes'

const pagesPath = join(__dirname, 'src/renderer')

/** Each folder of src/renderer that has an index.html is the page of one node. */
function findPages(): Record<string, string> {
  const nodes = readdirSync(pagesPath).map((node) => [node, join(pagesPath, node, 'index.html')])
  return Object.fromEntries(nodes.filter(([, page]) => page && existsSync(page)))
}

// electron-vite knows ELECTRON_EXEC_PATH alone; let the electron package's own variable do as well.
if (process.env['ELECTRON_OVERRIDE_DIST_PATH']) {
  process.env['ELECTRON_EXEC_PATH'] ??= createRequire(__filename)('electron') as string
}
// A terminal inside of an editor made with Electron sets it, and the app would be a mere Node.
delete process.env['ELECTRON_RUN_AS_NODE']

/** A page finds its files from whatever address it gives itself. electron-vite would have them relative. */
const absoluteAddresses = { name: 'absolute-addresses', config: () => ({ base: '/' }) }

/** CommonJS under a name that says so: whatever package.json has for a type, and in the oldest Electron too. */
const output = {
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name].cjs',
} as const

/** What holds for main and for utility processes. */
const node = { build: { rolldownOptions: { output } }, plugins: [sourceMaps()] }

/** An edit is often written in two steps, and is to start the app anew once. Electron-vite has no watch in a build. */
const watch = { buildDelay: 200 } // milliseconds of rest

export default defineConfig(({ command }) => {
  // What Vite and its plugins put into a page has it, and main's policy allows it; a build has none.
  const cspNonce = command === 'serve' ? randomUUID() : undefined
  if (cspNonce) process.env['DEV_SERVER_NONCE'] = cspNonce
  return {
    main: {
      plugins: [...node.plugins, utilityProcesses(node)],
      build: {
        watch,
        rolldownOptions: {
          output,
          input: { index: sourceMapped(join(__dirname, 'src/main/index.ts')) },
        },
      },
    },
    // All in one file: a sandboxed preload can require nothing but Electron.
    preload: {
      build: {
        externalizeDeps: false,
        rolldownOptions: { output, input: join(__dirname, 'src/preload/index.ts') },
      },
    },
    renderer: {
      plugins: [samePolicy(), hotLinks(), absoluteAddresses],
      html: { cspNonce },
      // The same in development as in the build, for the Chromium that is built for.
      css: { transformer: 'lightningcss' },
      build: {
        // As a `data:` address the policy would refuse most of it.
        assetsInlineLimit: 0,
        rolldownOptions: { input: findPages() },
      },
    },
  }
})
