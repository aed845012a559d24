import { join, relative } from 'node:path'
import type { Plugin } from 'vite'

const PREFIX = 'source-mapped:'

const root = join(__dirname, '..')

/** The entry of a process of Node whose stacks name lines of the sources: `file` is loaded with source maps on. */
export function sourceMapped(file: string): string {
  return PREFIX + relative(root, file) // it is named in what is built
}

/**
 * Makes those entries. Node looks for the source map of a file as it loads it, and Electron takes no flag for that
 * when the app is packaged: so maps are switched on in a file of its own, before the others are loaded. Where there are none,
 * as in a package, it would read each file in vain.
 */
export function sourceMaps(): Plugin {
  return {
    name: 'source-maps',
    config: () => ({ build: { sourcemap: true } }),
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined
      const file = JSON.stringify(join(root, id.slice(PREFIX.length + 1)))
      // What fails there is not caught, as it would be without this file.
      return `import { readdirSync } from 'node:fs'
if (readdirSync(__dirname).some((name) => name.endsWith('.map'))) process.setSourceMapsEnabled(true)
import(${file}).catch((error) => queueMicrotask(() => { throw error }))`
    },
  }
}
