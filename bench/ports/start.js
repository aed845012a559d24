// Bundles the bench, for Node does not run TypeScript on every line that is supported, and runs it.
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const output = new URL('../../node_modules/.bench/ports/', import.meta.url)

await build({
  input: ['run.ts', 'host.ts', 'worker.ts'].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  ),
  platform: 'node',
  logLevel: 'warn',
  output: { dir: fileURLToPath(output), chunkFileNames: '[name].js' },
})
await import(new URL('run.js', output).href)
