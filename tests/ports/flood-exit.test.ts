import { execFileSync } from 'node:child_process'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** A process that has nothing to do but to say much, and writes down how much of it was posted. */
const program = `
  import { openChannel } from './channel/channel'
  const { port1 } = new MessageChannel()
  let posted = 0
  const post = port1.postMessage.bind(port1)
  port1.postMessage = (message, transfer) => {
    posted += message.filter((field) => field === 'notify').length
    post(message, transfer)
  }
  const channel = openChannel(port1)
  port1.unref()
  for (let page = 1; page <= 150; page++) channel.notify.note(page)
  process.on('exit', () => console.log(posted))
`

test('a flood is posted before its process ends of itself', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: program,
      resolveDir: `${import.meta.dirname}/../../templates/base/src/ports`,
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  })
  const args = ['--input-type=module', '--eval', outputFiles[0]!.text]
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('150\n')
})
