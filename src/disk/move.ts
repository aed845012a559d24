/** Moves a file or a folder, replaces nothing. */
export async function move(from: string, to: string): Promise<void> {
  // Loaded here, for a project in a new folder needs none of it.
  const { default: disk } = await import('fs-extra')
  await disk.move(from, to)
}
