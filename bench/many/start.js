// What many of one node cost, in an app of its own in the tests' Electron: node bench/many/start.js
import { fileURLToPath } from 'node:url'
import { bundle, dirnames, outputOf } from '../bundle.js'

await bundle(import.meta.url, ['run.ts'], fileURLToPath(outputOf('many')), {
  platform: 'node',
  external: ['playwright-core', '@electron/fuses'],
  plugins: [dirnames],
})
await import(new URL('run.js', outputOf('many')).href)
