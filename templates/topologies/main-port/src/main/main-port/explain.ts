const REASONS: Record<string, string> = {
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  ENOENT: 'is not there (any more)',
  ENOTDIR: 'is not a folder',
  EISDIR: 'is a folder',
  ELOOP: 'is a link that leads nowhere',
}

/** Makes of an error of the file system one that a user understands; its code stays. */
export function explain(error: unknown, path: string): Error {
  const { code = '', message = String(error) } = error as { code?: string; message?: string }
  const reason = REASONS[code]
  return Object.assign(new Error(reason ? `"${path}" ${reason}.` : message, { cause: error }), {
    code,
  })
}
