/** Writes `argument` so that a shell reads it as one word. */
export function quoteForShell(argument: string, platform = process.platform): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) return argument
  if (platform === 'win32') return `"${argument}"`
  return `'${argument.replaceAll("'", String.raw`'\''`)}'`
}

/** The package manager that started us, read from what it says of itself: `pnpm/9.1.0 node/v22 …`. */
export function detectPackageManager(userAgent = process.env['npm_config_user_agent']): string {
  const name = userAgent?.split('/')[0]
  return name === 'pnpm' || name === 'yarn' || name === 'bun' ? name : 'npm'
}
