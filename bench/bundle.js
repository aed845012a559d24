// Bundles a bench, for neither Node, on every line that is supported, nor a page runs TypeScript.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

/** What the tests' Electron is found by looks for files beside itself. */
export const dirnames = {
  name: 'dirnames',
  transform: {
    filter: { code: 'import.meta.dirname' },
    handler: (code, id) => code.replaceAll('import.meta.dirname', JSON.stringify(dirname(id))),
  },
}

/** The folder for what is made of the bench of that name. */
export function outputOf(name) {
  return new URL(`../node_modules/.bench/${name}/`, import.meta.url)
}

/**
 * @param base  Where the files are: the `import.meta.url` of who bundles.
 */
export function bundle(base, files, dir, options) {
  return build({
    input: files.map((file) => fileURLToPath(new URL(file, base))),
    logLevel: 'warn',
    ...options,
    output: { dir, chunkFileNames: '[name].js', ...options.output },
  })
}
