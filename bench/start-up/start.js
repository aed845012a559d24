// Bundles the bench, for Node does not run TypeScript on every line that is supported, and runs it.
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const file = fileURLToPath(new URL('../../node_modules/.bench/start-up/run.js', import.meta.url))

await build({
  input: fileURLToPath(new URL('run.ts', import.meta.url)),
  platform: 'node',
  logLevel: 'warn',
  output: { file },
})
await import(file)
