import { posix } from 'node:path'
import type { ProjectFiles } from '../../../src/render/render.ts'

/** Relative imports of files that are not there. */
export function findLostImports(files: ProjectFiles): string[] {
  return [...files]
    .filter(([path]) => /\.(tsx?|mts|html|svelte|vue)$/.test(path))
    .flatMap(([path, { content }]) =>
      [...content.toString().matchAll(/(?:from|import|src=|href=) ?["'](\.[^"'?]*)/g)]
        .map(([, specifier = '']) => posix.join(posix.dirname(path), specifier))
        .filter(
          (target) => !['', '.ts', '.tsx', '/index.ts'].some((end) => files.has(target + end)),
        )
        .map((target) => `${path} → ${target}`),
    )
}
