import { messageOf } from '../errors.ts'

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EDQUOT: 'your disk quota is used up',
  EEXIST: 'a file is in the way of a folder',
  EISDIR: 'a folder is in the way of a file',
  ENAMETOOLONG: 'a path is too long',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in the way of a folder',
  ENOTEMPTY: 'something was put there meanwhile',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
}

/** Why a disk refused, in a few words. */
export function reasonOf(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException
  return REASONS[code] ?? messageOf(error).replace(/\.$/, '')
}
