/**
 * What a page may load and run: its own files, pictures it made itself, and nothing else. No inline
 * scripts, no eval, no frames, no other host.
 *
 * A framework's plugin may need more in development, such as a hash of its inline script: add it here.
 *
 * @param devServer  True for pages of Vite's server, which puts styles inline and talks to its client.
 */
export function contentSecurityPolicy({ devServer = false } = {}): string {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': devServer ? "'self' 'unsafe-inline'" : "'self'",
    'img-src': "'self' blob: data:",
    'font-src': "'self'",
    'connect-src': devServer ? "'self' ws://localhost:*" : "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')
}
