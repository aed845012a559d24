/** Writes `argument` so that a shell reads it as one word. */
export function quoteForShell(argument: string, platform = process.platform): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) return argument
  if (platform === 'win32') return `"${argument}"`
  return `'${argument.replaceAll("'", String.raw`'\''`)}'`
}
