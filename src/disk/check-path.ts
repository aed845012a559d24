import { UsageError } from '../errors.ts'

/**
 * What the tools of a project stumble over in its path, found by building, testing and type-checking one there:
 * Vite takes `#` and `?` for parts of an address, Vitest decodes `%`, TypeScript reads `*` as a pattern and Node `\`
 * as a slash in disguise; and no tool is found where `:` or `;` ends a folder in PATH.
 */
const STUMBLED_OVER = { posix: /[#?%*\\:]/, windows: /[#%;]/ }

/** Throws a UsageError when a project at `path`, which is absolute, would not work for that path. */
export function checkPath(path: string, platform = process.platform): void {
  const [found] = STUMBLED_OVER[platform === 'win32' ? 'windows' : 'posix'].exec(path) ?? []
  if (found === undefined) return
  throw new UsageError(
    `Directory "${path}" has "${found}" in its path, over which the build or the tests of a project stumble. Choose another.`,
  )
}
