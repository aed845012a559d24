/** Moves a file or a folder, replaces nothing. */
export async function move(from: string, to: string): Promise<void> {
  // Loaded here, for a project in a new folder needs none of it.
  const { move: moveSafely } = await import('fs-extra/esm')
  await moveSafely(from, to)
}
