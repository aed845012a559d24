/** The folder in which the command was started; undefined when it has been deleted since. */
export function currentFolder(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}
