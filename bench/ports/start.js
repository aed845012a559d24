// Bundles the bench, for neither Node, on every line that is supported, nor a page runs TypeScript,
// and runs it.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const output = fileURLToPath(new URL('../../node_modules/.bench/ports/', import.meta.url))

/** What the tests' Electron is found by looks for files beside itself. */
const dirnames = {
  name: 'dirnames',
  transform: {
    filter: { code: 'import.meta.dirname' },
    handler: (code, id) => code.replaceAll('import.meta.dirname', JSON.stringify(dirname(id))),
  },
}

await bundle(['run.ts', 'host.ts', 'worker.ts'], output, {
  platform: 'node',
  plugins: [dirnames],
})
if (process.argv.includes('--electron')) {
  const folder = `${output}electron/`
  for (const file of ['main', 'preload']) {
    await bundle([`electron/${file}.ts`], folder, {
      platform: 'node',
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    })
  }
  // The oldest Chromium that the tests know: that of Electron 22.
  await bundle(['electron/page.ts'], `${folder}page/`, {
    platform: 'browser',
    transform: { target: 'chrome108' },
  })
}
await import(new URL('../../node_modules/.bench/ports/run.js', import.meta.url).href)

function bundle(files, dir, options) {
  return build({
    input: files.map((file) => fileURLToPath(new URL(file, import.meta.url))),
    logLevel: 'warn',
    ...options,
    output: { dir, chunkFileNames: '[name].js', ...options.output },
  })
}
