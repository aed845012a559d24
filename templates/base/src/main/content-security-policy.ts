/**
 * What a page may load and run: its own files, pictures it made itself, and nothing else. No inline
 * scripts or styles, no eval, no frames, no other host. Allow here what your app needs, and no more:
 *
 * - videos and sounds: `'media-src': "'self'"`
 * - WebAssembly: `'wasm-unsafe-eval'` in `script-src`
 *
 * @param nonce  While `npm run dev` runs: what Vite and its plugins put into a page has it.
 */
export function contentSecurityPolicy(nonce?: string): string {
  const own = nonce ? `'self' 'nonce-${nonce}'` : "'self'"
  const policy = {
    'default-src': "'none'",
    'script-src': own,
    'style-src': own,
    'img-src': "'self' blob: data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')
}
