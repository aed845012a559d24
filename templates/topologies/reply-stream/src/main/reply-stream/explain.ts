const REASONS: Record<string, string> = {
  EACCES: 'may not be opened: ask its owner',
  EPERM: 'may not be opened: ask its owner',
  ENOENT: 'is not there any more',
  EISDIR: 'is a folder',
  EIO: 'cannot be read on: its disk or device reports an error',
  ENOSPC: 'could not be written: the disk is full',
}

/**
 * Makes of an error of the file system one in words for the user. It keeps its code, and loses its path,
 * which is no business of the page. Any other error stays as it is.
 */
export function explain(error: unknown, name: string): unknown {
  const { code, syscall } = Object(error) as NodeJS.ErrnoException
  if (syscall === undefined || code === undefined) return error
  const reason = REASONS[code] ?? `cannot be used (${code})`
  return failure(code, `"${name}" ${reason}.`)
}

/** An error with a code, which the kernel carries to the other end. */
export function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
