import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import type { PortLike } from '../../templates/base/src/ports/channel/port.ts'

/** Runs `thread-library.ts` in another thread. Gives a port to it, and how to end it. */
export async function startThread(): Promise<{ port: PortLike; end(): Promise<unknown> }> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'thread-library.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    define: { 'import.meta.env': 'undefined' },
    write: false,
  })
  const { port1, port2 } = new MessageChannel()
  const thread = new Worker(outputFiles[0]!.text, {
    eval: true,
    workerData: port2,
    transferList: [port2],
  })
  return { port: port1, end: () => thread.terminate() }
}
