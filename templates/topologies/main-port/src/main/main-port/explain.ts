const REASONS: Record<string, string> = {
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  ENOENT: 'is not there (any more)',
  ENOTDIR: 'is not a folder',
  EISDIR: 'is a folder',
  ELOOP: 'is a link that leads nowhere',
}

/**
 * Makes of an error of the file system one that a user understands. Its code stays; what else Node says
 * of it names places on the disk that are none of the page's business. Any other error stays as it is.
 */
export function explain(error: unknown, path: string): Error {
  const { code = 'unknown', syscall } = error as NodeJS.ErrnoException
  if (error instanceof Error && syscall === undefined) return error
  const reason = REASONS[code] ?? `cannot be read (${code})`
  return Object.assign(new Error(`"${path}" ${reason}.`), { code })
}
