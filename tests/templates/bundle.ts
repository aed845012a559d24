import { isAbsolute, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { OutputChunk, RolldownLog, RolldownOutput } from 'rolldown'
import { build } from 'vite'
import { onTestFinished, vi } from 'vitest'

export interface Bundle {
  /** What it takes on its way, gzipped. */
  bytes: number
  text: string
  /** The files that went in, relative to the folder. */
  files: string[]
  /** What it leaves to be imported. */
  imports: string[]
  warnings: RolldownLog[]
}

/**
 * What a page loads for `exports`, as Vite builds it in a project, for the oldest Chromium that projects are for. Packages,
 * of a framework for instance, stay out.
 *
 * @param exports  A module in `folder`.
 */
export async function bundle(exports: string, folder: string): Promise<Bundle> {
  vi.stubEnv('NODE_ENV', 'production') // else it would be one for development
  onTestFinished(() => void vi.unstubAllEnvs())
  const input = join(folder, 'entry.ts')
  const warnings: RolldownLog[] = []
  const { output } = (await build({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === input ? id : undefined),
        load: (id) => (id === input ? exports : undefined),
      },
    ],
    build: {
      target: 'chrome108',
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input,
        preserveEntrySignatures: 'strict',
        external: (id) => !id.startsWith('.') && !isAbsolute(id),
        onLog: (_level, log) => warnings.push(log),
      },
      write: false,
    },
  })) as RolldownOutput
  const [{ code, moduleIds, imports }] = output as [OutputChunk]
  const files = moduleIds.filter((id) => id !== input).map((id) => relative(folder, id))
  return {
    bytes: gzipSync(code, { level: 9 }).length,
    text: code,
    files,
    imports,
    warnings,
  }
}
