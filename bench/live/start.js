// What the live view costs a link, and how smooth its page is in a flood: node bench/live/start.js
import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle, dirnames, outputOf } from '../bundle.js'

const templates = fileURLToPath(new URL('../../templates/', import.meta.url))
const [base, live] = ['base', 'features/live'].map((layer) => join(templates, layer))

/** In a project the files of the view are among those of the base. */
const layers = {
  name: 'layers',
  resolveId(id, importer) {
    if (!id.startsWith('.') || !importer?.startsWith(live)) return undefined
    const path = `${join(dirname(importer), id)}.ts`
    return existsSync(path) ? path : join(base, relative(live, path))
  },
}

await bundle(import.meta.url, ['run.ts', 'host.ts'], fileURLToPath(outputOf('live')), {
  platform: 'node',
  external: ['playwright-core', '@electron/fuses'],
  plugins: [dirnames, layers],
})
await import(new URL('run.js', outputOf('live')).href)
